"""Ways in which a caller tells a number kept for fiction, for properties: doubles, pairs, fillers, twice, slips."""

from dataclasses import dataclass

from hypothesis import strategies as st

_WORDS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PUT_RIGHT = ["no sorry", "sorry", "scratch that", "I mean", "make that", "no wait", "correction", "or rather"]
_BEFORE = ["", "it's", "my number is", "you can get me on", "yes hi it's", "um so that's"]
_AFTER = ["", "please", "thanks", "all right", "okay bye", "and my name is Sue", "any time after three"]


@dataclass(frozen=True)
class Telling:
    """What is said, where, and the number it means; `plain` when nothing in it is put right or run together."""

    text: str
    region: str
    e164: str
    plain: bool


def _digit(draw: st.DrawFn, digit: str) -> str:
    return draw(st.sampled_from(["oh", "zero", "nought"])) if digit == "0" else _WORDS[int(digit)]


def _pair(digits: str) -> str:
    if digits[0] == "1":
        return _TEENS.split()[int(digits[1])]
    return _TENS[int(digits[0])] + ("" if digits[1] == "0" else " " + _WORDS[int(digits[1])])


def _group(draw: st.DrawFn, group: str, manner: str) -> str:
    said, at = [], 0
    while at < len(group):
        rest = group[at:]
        if manner == "doubles" and len(rest) > 1 and rest[0] == rest[1]:
            said.append("double " + _digit(draw, rest[0]))
            at += 2
        elif manner == "hundreds" and rest[1:3] == "00" and rest[0] != "0":
            said.append(_WORDS[int(rest[0])] + " hundred")
            at += 3
        elif manner == "pairs" and len(group) == 4 and at % 2 == 0 and rest[0] != "0":
            said.append(_pair(rest[:2]))
            at += 2
        elif manner == "numerals":
            said.append(rest)
            at += len(rest)
        else:
            said.append(_digit(draw, rest[0]))
            at += 1
        if draw(st.integers(0, 9)) == 0:
            said.append(draw(st.sampled_from(["um", "uh", "er", "okay"])))
    return " ".join(said)


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    """A fiction number of Britain or America with one way of telling it."""
    region, groups = draw(
        st.one_of(
            st.integers(0, 999).map(lambda n: ("GB", ["07700", "900", f"{n:03}"])),
            st.integers(0, 999).map(lambda n: ("GB", ["020", "7946", f"0{n:03}"])),
            st.tuples(st.sampled_from(["212", "415", "602", "617"]), st.integers(100, 199)).map(
                lambda both: ("US", [both[0], "555", f"0{both[1]}"])
            ),
        )
    )
    country = "+44" if region == "GB" else "+1"
    e164 = country + "".join(groups).removeprefix("0" if region == "GB" else "")
    manner = draw(st.sampled_from(["digits", "doubles", "hundreds", "pairs", "numerals"]))
    parts = [_group(draw, group, manner) for group in groups]
    text = draw(st.sampled_from([" ", ", ", " - "])).join(parts)
    turn = draw(st.sampled_from(["once", "once", "twice", "extension", "tail", "not", "again"]))
    wrong = str((int(groups[-1][-1]) + draw(st.integers(1, 8))) % 9 + 1)
    slipped = " ".join([*parts[:-1], _group(draw, groups[-1][:-1], "digits"), _WORDS[int(wrong)]])
    right = _digit(draw, groups[-1][-1])
    put_right = draw(st.sampled_from(_PUT_RIGHT))
    told = {
        "once": text,
        "twice": f"{text}, that's {text}",
        "extension": f"{text} extension one two",
        "tail": f"{slipped}, {put_right}, {_group(draw, groups[-1], 'digits')}",
        "not": f"{slipped}, {put_right}, {right} not {_WORDS[int(wrong)]}",
        "again": f"{slipped}, {put_right}, {text}",
    }[turn]
    plain = turn != "not" or wrong != groups[-1][-1]
    spoken = f"{draw(st.sampled_from(_BEFORE))} {told} {draw(st.sampled_from(_AFTER))}".strip()
    return Telling(spoken, region, e164, plain)
