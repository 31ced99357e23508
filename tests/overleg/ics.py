"""A small reader of calendar files, written from RFC 5545 and not from our writer: it refuses what the standard refuses."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

NAME = re.compile(r"[A-Za-z0-9-]+")
#: What must be there exactly once, at most once, per component (§3.4, §3.6, §3.6.1; RFC 5546 §3.2.2).
ONCE = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART", "ORGANIZER"}}
AT_MOST = {
    "VCALENDAR": {"CALSCALE", "METHOD"},
    "VEVENT": {"CLASS", "DESCRIPTION", "LOCATION", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "DTEND"},
}


@dataclass
class Line:
    name: str
    params: dict[str, str]
    value: str


@dataclass
class Component:
    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def one(self, name: str) -> Line:
        (line,) = self.all(name)
        return line

    def text(self, name: str) -> str:
        return unescape(self.one(name).value)


def content_lines(data: bytes) -> list[str]:
    """Lines as they were before folding; every physical line ends in CRLF and is 75 octets at most."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    for raw in physical:
        assert len(raw) <= 75, raw
        assert b"\r" not in raw
        assert b"\n" not in raw
        raw.decode("utf-8")  # no character is broken in two
        assert raw.strip(), "een lege regel hoort nergens"
    lines: list[bytes] = []
    for raw in physical:
        if raw[:1] in {b" ", b"\t"}:
            lines[-1] += raw[1:]
        else:
            lines.append(raw)
    return [line.decode("utf-8") for line in lines]


def parse_line(line: str) -> Line:
    """name *(';' param) ':' value, with quoted parameter values."""
    match = NAME.match(line)
    assert match, line
    params, at = {}, match.end()
    while line[at] == ";":
        param = re.compile(r';([A-Za-z0-9-]+)=(?:"([^"]*)"|([^";:,]*))').match(line, at)
        assert param, line
        params[param[1].upper()] = param[2] if param[2] is not None else param[3]
        at = param.end()
    assert line[at] == ":", line
    value = line[at + 1 :]
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value), line
    return Line(match[0].upper(), params, value)


def unescape(value: str) -> str:
    """TEXT (§3.3.11): every backslash, semicolon and comma in it is escaped."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value, re.DOTALL), value
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def moment(line: Line) -> datetime:
    assert re.fullmatch(r"\d{8}T\d{6}Z", line.value), line.value
    return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def read(data: bytes) -> Component:
    """The calendar, checked; its one event is `.parts[0]`."""
    stack = [Component("")]
    for line in map(parse_line, content_lines(data)):
        if line.name == "BEGIN":
            stack.append(Component(line.value))
        elif line.name == "END":
            done = stack.pop()
            assert done.name == line.value
            stack[-1].parts.append(done)
        else:
            stack[-1].lines.append(line)
    (root,) = stack
    (calendar,) = root.parts
    _check(calendar)
    return calendar


def _check(component: Component) -> None:
    for name in ONCE[component.name]:
        assert len(component.all(name)) == 1, f"{component.name} heeft {name} precies een keer"
    for name in AT_MOST[component.name]:
        assert len(component.all(name)) <= 1, f"{component.name} heeft {name} hoogstens een keer"
    known = ONCE[component.name] | AT_MOST[component.name] | {"ATTENDEE"}
    assert {line.name for line in component.lines} <= known
    for part in component.parts:
        _check(part)


def event_of(data: bytes) -> tuple[str, Component]:
    """Its METHOD and its event."""
    calendar = read(data)
    (event,) = calendar.parts
    method = calendar.one("METHOD").value
    if method in {"REQUEST", "CANCEL"}:
        assert event.all("ATTENDEE"), "RFC 5546: een uitnodiging heeft een genodigde"
    assert moment(event.one("DTSTART")) < moment(event.one("DTEND"))
    return method, event
