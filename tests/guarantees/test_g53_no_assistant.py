"""G53: no assistant model writes or reads for anybody: none is there, none is asked for, nothing is called."""

import re
from pathlib import Path

from binhyen.core.configuration import Configuration

ROOT = Path(__file__).resolve().parents[2]
MODELS = re.compile(
    r"^(openai|anthropic|google-genai|google-generativeai|cohere|mistralai|ollama|litellm|langchain|llama[-_]|transformers|"
    r"torch|vllm|gpt4all|ctransformers|huggingface|sentence-transformers|onnxruntime-genai)", re.MULTILINE
)  # fmt: skip


def test_no_package_of_an_assistant_is_installed():
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf8")
    assert "django==" in locked.lower()
    assert MODELS.findall(locked) == []


def test_no_setting_switches_one_on():
    names = set(Configuration.__dataclass_fields__)
    assert not [name for name in names if re.search(r"assistant|llm|openai|prompt|model_url", name)]


def test_no_code_builds_a_prompt_or_calls_one():
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if re.search(
            r"\b(chat/completions|system_prompt|api\.openai|api\.anthropic|generate_content)\b", path.read_text("utf8")
        )
    ]
    assert found == []
