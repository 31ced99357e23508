"""What a page of the portal may load: its own files, and nothing from elsewhere. No inline styles; scripts only with a nonce."""

from csp.constants import NONCE, NONE, SELF, Nonce

CSP: dict[str, list[str | Nonce]] = {
    "default-src": [NONE],
    "script-src": [SELF, NONCE],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
