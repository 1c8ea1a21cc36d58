"""Warnings as CAP 1.2 (OASIS Common Alerting Protocol), with an XML signature (docs/adr/0016-cap-signature.md)."""

import functools
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from binhyen.core.clock import VIETNAM
from binhyen.outreach.fixed_words import fixed_words
from binhyen.outreach.models import Post, PostKind
from binhyen.outreach.variants import CAP_LIMITS, cut
from binhyen.vault.keyring import purpose_key

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
KINDS = frozenset({PostKind.WARNING, PostKind.CRIME_METHOD, PostKind.MISSING_PERSON})
"""Kinds of posts that are warnings in the sense of CAP."""
_CATEGORIES = {PostKind.WARNING: "Safety", PostKind.CRIME_METHOD: "Security", PostKind.MISSING_PERSON: "Rescue"}
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of P-256: a private key is a number from 1 to one less."""


def cap_time(moment: datetime) -> str:
    """Date and time with a numeric offset, never "Z" (CAP 1.2, section 3.3.2)."""
    return moment.astimezone(VIETNAM).replace(microsecond=0).isoformat()


def identifier(post: Post) -> str:
    """Identity of the message; without spaces, commas, "<" and "&" (section 3.2.1)."""
    return f"binhyen.{post.public_id}"


def message_of(post: Post, texts: dict[str, str], address: str, host: str) -> bytes:
    """The signed message of a published warning; a withdrawn one becomes its own cancellation.

    `address` is the post's page, `host` names the sender. The post comes with unit, areas and the post it corrects.
    """
    alert = etree.Element(_tag("alert"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    sender = f"canh-bao@{host}"
    is_withdrawn = post.withdrawn_at is not None
    sent = post.withdrawn_at if is_withdrawn else post.published_at
    if sent is None:
        raise ValueError("only a published post is a CAP message")
    _add(alert, "identifier", identifier(post) + (".withdrawn" if is_withdrawn else ""))
    _add(alert, "sender", sender)
    _add(alert, "sent", cap_time(sent))
    _add(alert, "status", "Actual")
    _add(alert, "msgType", _type_of(post))
    _add(alert, "scope", "Public")
    about = post if is_withdrawn else post.corrects
    if about is not None and about.published_at is not None:
        _add(alert, "references", f"{sender},{identifier(about)},{cap_time(about.published_at)}")
    _info(alert, post, texts, address)
    return signed(alert)


def _type_of(post: Post) -> str:
    if post.withdrawn_at is not None or post.is_cancellation:
        return "Cancel"
    return "Update" if post.corrects_id else "Alert"


def _info(alert: etree._Element, post: Post, texts: dict[str, str], address: str) -> None:
    info = etree.SubElement(alert, _tag("info"))
    _add(info, "language", "vi-VN" if post.language == "vi" else post.language)
    _add(info, "category", _CATEGORIES.get(PostKind(post.kind), "Safety"))
    _add(info, "event", fixed_words(post.language).kinds[post.kind])
    _add(info, "responseType", "Execute" if post.todo.strip() else "Monitor")
    _add(info, "urgency", "Immediate" if post.is_urgent else "Expected")
    _add(info, "severity", "Severe" if post.is_urgent else "Moderate")
    _add(info, "certainty", "Observed" if post.is_urgent else "Likely")
    if post.published_at is not None:
        _add(info, "effective", cap_time(post.published_at))
    if post.expires_at is not None:
        _add(info, "expires", cap_time(post.expires_at))
    _add(info, "senderName", post.unit.name)
    _add(info, "headline", cut(post.title, CAP_LIMITS["headline"]))
    _add(info, "description", texts["cap"])
    if post.todo.strip():
        _add(info, "instruction", post.todo)
    _add(info, "web", address)
    if post.unit.duty_phone:
        _add(info, "contact", post.unit.duty_phone)
    area = etree.SubElement(info, _tag("area"))
    names = ", ".join(one.name for one in post.areas.all())
    place = post.unit.place_name or post.unit.name
    _add(area, "areaDesc", f"{names}, {place}" if names else place)
    if post.unit.national_code:
        code = etree.SubElement(area, _tag("geocode"))
        _add(code, "valueName", "VN-GSO-commune")
        _add(code, "value", post.unit.national_code)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, _tag(name)).text = text


@functools.cache
def signing_key() -> ec.EllipticCurvePrivateKey:
    """The installation's key for warnings, derived from the key ring: nothing to store, the same after a restore."""
    number = int.from_bytes(purpose_key("outreach.cap"), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(number, _CURVE)


def public_key_pem() -> bytes:
    """What readers check signatures with, in PEM."""
    return signing_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def signed(alert: etree._Element) -> bytes:
    """The message with an enveloped XML signature (CAP 1.2, section 3.3.4.1), as UTF-8."""
    from signxml import XMLSigner, algorithms  # type: ignore[attr-defined]

    signer = XMLSigner(
        method=algorithms.SignatureConstructionMethod.enveloped,
        signature_algorithm=algorithms.SignatureMethod.ECDSA_SHA256,
        digest_algorithm=algorithms.DigestAlgorithm.SHA256,
        c14n_algorithm=algorithms.CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    root = signer.sign(alert, key=signing_key())
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content
