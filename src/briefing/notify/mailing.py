"""By mail: one message to all addresses of a recipient, none of whom learns of the others."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from markupsafe import Markup

from briefing.archive.mail.body import frame_body, write_heading, write_link, write_paragraph
from briefing.archive.mail.letter import read_letter
from briefing.archive.mail.message import fix_boundaries, make_message
from briefing.archive.sheet import as_words
from briefing.archive.standing import Archive
from briefing.editions.fingerprint import digest
from briefing.editions.recipients import MailServer
from briefing.errors import PublishError
from briefing.notify.parcels import Parcel, ParcelItem, Reply
from briefing.values.clock import now

#: So many seconds a server may take to answer each time it is asked something, and to take leave at last.
TIMEOUT, _LEAVE = 8.0, 1.0


def write_mail(archive: Archive, parcel: Parcel, server: MailServer) -> EmailMessage:
    """Write what a recipient is told as a mail: the mail edition where one edition is published, and else a list."""
    message = _write_edition(archive, parcel) or _write_list(parcel)
    for name in ("From", "To", "Date", "Message-ID"):
        del message[name]
    message["From"] = server.sender
    message["To"] = server.to[0] if len(server.to) == 1 else "undisclosed-recipients:;"
    message["Date"] = format_datetime(now())
    about = [[notice.key, notice.digest] for notice in parcel.notices]
    made = digest([about, list(server.to), message["Date"] if parcel.is_test else ""])[:32]
    message["Message-ID"] = f"<{made}@{parseaddr(server.sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    return message


def _write_edition(archive: Archive, parcel: Parcel) -> EmailMessage | None:
    """Write the mail edition, where one edition is all that is told, and its page is as it was made."""
    if [notice.event for notice in parcel.notices] != ["published"]:
        return None
    records = [record for record in archive.records if record.name == parcel.notices[0].name]
    with suppress(PublishError):
        for record in records:
            letter = read_letter(archive, record)
            return make_message(letter, attach=not letter.is_large)
    return None


def _write_list(parcel: Parcel) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = parcel.subject
    message.set_content(parcel.text, cte="quoted-printable")
    message.add_alternative(_write_markup(parcel), subtype="html", cte="quoted-printable")
    return fix_boundaries(message)


def _write_markup(parcel: Parcel) -> str:
    parts = [write_heading(parcel.subject, 1)]
    for title, items, more in parcel.groups:
        parts += [write_heading(title, 2), *map(_write_item, items), write_paragraph(more)]
    if not parcel.groups:
        parts.append(write_paragraph(parcel.text))
    return frame_body(parcel.subject, Markup("").join(parts), words=parcel.words)


def _write_item(item: ParcelItem) -> Markup:
    title = write_link(item.address, item.title) if "://" in item.address else as_words(item.title)
    lines = [Markup("<strong>{}</strong>").format(title), *map(as_words, item.lines)]
    style = "margin:0 0 14px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.45"
    return Markup('<p dir="auto" style="{}">{}</p>\n').format(style, Markup("<br>\n").join(lines))


def send_mail(message: EmailMessage, server: MailServer, password: str) -> Reply:
    """Send a message, and give what became of it.

    What is said holds nothing of what the server answers but its code: a server may answer with what it was told.
    """
    try:
        with closing(_connect(server)) as line:
            if server.user:
                line.login(server.user, password)
            refused = line.send_message(message, parseaddr(server.sender)[1], list(server.to))
            _take_leave(line)
    except smtplib.SMTPAuthenticationError as error:
        return Reply(f"it refuses the login ({error.smtp_code})", is_dead=True)
    except smtplib.SMTPRecipientsRefused:
        return Reply("it takes mail for none of the addresses")
    except smtplib.SMTPNotSupportedError:
        return Reply("it offers not what tls, user or letters beyond ASCII in an address ask for", is_dead=True)
    except smtplib.SMTPResponseException as error:
        return Reply(f"it refuses the mail ({error.smtp_code})")
    except smtplib.SMTPServerDisconnected:  # which smtplib makes of a time limit too
        return Reply(f"it hung up, or did not answer within {TIMEOUT:g} seconds", is_dead=True)
    except ssl.SSLCertVerificationError:
        return Reply("its certificate is not one that this machine trusts", is_dead=True)
    except TimeoutError:
        return Reply(f"it did not answer within {TIMEOUT:g} seconds", is_dead=True)
    except OSError as error:  # which smtplib's own errors are too
        return Reply(f"it cannot be reached ({error.strerror or type(error).__name__})", is_dead=True)
    except ValueError as error:
        return Reply(f"the mail cannot be written for it ({type(error).__name__})")
    told = f"it takes no mail for {len(refused)} of {len(server.to)} addresses"
    return Reply(told, is_taken=True) if refused else Reply(is_taken=True)


def _take_leave(line: smtplib.SMTP) -> None:
    """Take leave of a server that has the message: whatever it says now, the message is not to be sent again."""
    if line.sock is not None:
        line.sock.settimeout(_LEAVE)
    with suppress(OSError):
        line.quit()


def _connect(server: MailServer) -> smtplib.SMTP:
    """Connect to a server; nobody on the way reads along, unless the catalog says that nothing else is possible."""
    if server.tls == "implicit":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=ssl.create_default_context())
    line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    if server.tls == "starttls":
        try:
            line.starttls(context=ssl.create_default_context())
        except BaseException:
            line.close()
            raise
    return line
