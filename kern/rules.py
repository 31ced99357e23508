"""Pure decisions about mail: when to try again, and when not to."""

import smtplib
from datetime import timedelta
from email.errors import HeaderParseError, MessageError

#: How long to wait after the first, second, … failed attempt. Ten attempts over two days: longer than a weekend's outage is rare.
WACHTTIJDEN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 8 * 60, 12 * 60, 12 * 60, 12 * 60))
MAX_POGINGEN = len(WACHTTIJDEN) + 1


def wait_after(pogingen: int) -> timedelta | None:
    """How long to wait after so many failed attempts; None when that was the last."""
    return WACHTTIJDEN[pogingen - 1] if pogingen <= len(WACHTTIJDEN) else None


def is_permanent(error: Exception) -> bool:
    """Would trying again be useless? A 5xx about the recipient or the message is; a server that is away or busy is not.

    A refused sender or a failed sign-in is about our own settings: those get repaired, so the mail waits.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= int(code) < 600 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError | MessageError | HeaderParseError | UnicodeError)


def is_connection_lost(error: Exception) -> bool:
    """Is it about the server rather than about this one mail, so that the next one needs a new connection?"""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        # 421: the server says goodbye (RFC 5321 §3.8).
        return any(code == 421 for code in smtp_codes(error))
    return isinstance(error, OSError)  # SMTPException is one too


def smtp_codes(error: Exception) -> tuple[int, ...]:
    """The reply codes of the server, as far as there are any."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return tuple(int(code) for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return (error.smtp_code,)
    return ()
