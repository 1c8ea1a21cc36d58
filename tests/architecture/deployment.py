"""`manage check --deploy` of a production configuration has no warning (G62)."""

import os
import secrets
import sys
import tempfile


def main() -> int:
    """Check production settings in a fresh process; 1 when Django has any complaint."""
    with tempfile.TemporaryDirectory(prefix="binhyen-deploy-") as folder:
        return _complaints(folder)


def _complaints(folder: str) -> int:
    os.environ.update(
        BINHYEN_MODE="production",
        BINHYEN_DATA_DIR=folder,
        BINHYEN_SECRET_KEY=secrets.token_urlsafe(50),
        BINHYEN_PUBLIC_URL="https://binhyen.example.vn",
        DJANGO_SETTINGS_MODULE="binhyen.settings",
    )
    import django
    from django.core import checks

    django.setup()
    complaints = checks.run_checks(include_deployment_checks=True)
    for complaint in complaints:
        print(complaint, file=sys.stderr)  # noqa: T201
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
