"""Makes the secrets that docker-compose.yml asks for, in deploy/geheimen/ (not in git). What is there already stays.

The TLS certificate it makes is signed by nobody, good for trying out: put a real one in its place.
"""

import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

FOLDER = Path(__file__).resolve().parent / "geheimen"


def keep(name: str, value: str) -> str:
    """The secret of this name: what the file says, or else this value, written to it."""
    path = FOLDER / name
    if not path.exists():
        path.write_text(value, encoding="utf-8")
        path.chmod(0o644)  # the containers' accounts must read it; nobody else gets past the folder
        print(f"gemaakt: {path.relative_to(FOLDER.parent.parent)}")
    return path.read_text(encoding="utf-8").strip()


def certificate() -> None:
    """A certificate for localhost."""
    certificate, key = FOLDER / "tls_certificaat.pem", FOLDER / "tls_sleutel.pem"
    if certificate.exists() and key.exists():
        return
    openssl = shutil.which("openssl")
    if openssl is None:
        print(f"Er is geen openssl: zet zelf een certificaat en sleutel in {certificate} en {key}.")
        return
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "90", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([*command, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    key.chmod(0o644)
    print(f"gemaakt: {certificate.relative_to(FOLDER.parent.parent)} (niet ondertekend: alleen om te proberen)")


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    FOLDER.chmod(0o700)
    keep("secret_key", secrets.token_urlsafe(64))
    keep("postgres_beheer", secrets.token_urlsafe(32))
    for name, login in (
        ("eigenaar", "aanspreekpunt_eigenaar"),
        ("web", "aanspreekpunt_web_login"),
        ("taak", "aanspreekpunt_taak_login"),
    ):
        password = keep(f"postgres_{name}", secrets.token_urlsafe(32))
        keep(f"database_url_{name}", f"postgres://{login}:{quote(password, safe='')}@postgres:5432/aanspreekpunt")
    password = keep("valkey_wachtwoord", secrets.token_urlsafe(32))
    keep("redis_url", f"redis://:{quote(password, safe='')}@valkey:6379/0")
    keep("email_wachtwoord", "")
    certificate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
