"""Contacts by file: looked at, chosen, taken all at once or not at all."""

from dataclasses import replace

import pytest

from clinic_desk.errors import EditConflict
from clinic_desk.usecases import address_book, contact_files
from clinic_desk.usecases.address_book import Address, Entry, Phone
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Stopped

TABLE = """Name,Role,Phone,Email,Town
Pat Sample,gp,+44 20 7946 0101,,Sampletown
Robin Simple,other,,robin@x.example,
"{long}",gp,,,
Pat Sample,gp,+44 20 7946 0101,,Sampletown
Quite New,employer,,,
No Mail,gp,,not a mail,
""".format(long="x" * 300)


def _states(looked: contact_files.Looked) -> list[tuple[str, str]]:
    return [(one.state, one.why) for one in looked.candidates]


@pytest.fixture
def held(desk: Desk) -> Desk:
    address_book.save(desk, Entry("Robin Sample", email="ROBIN@x.example", role="other"))
    return desk


def test_a_file_is_shown_as_new_same_alike_and_refused_with_place_and_reason(held: Desk) -> None:
    looked = contact_files.look(held, "x.csv", TABLE.encode())
    assert (looked.kind, looked.delimiter, looked.encoding) == ("csv", ",", "utf-8")
    states = [state for state, _why in _states(looked)]
    assert states == ["new", "alike", "refused", "same", "new", "refused"]
    assert (looked.candidates[1].why, looked.candidates[1].match_name) == ("email", "Robin Sample")
    assert "300 characters" in looked.candidates[2].why
    assert looked.candidates[5].place == "line 7"
    assert looked.candidates[3].in_file
    assert address_book.find(held).total == 1  # looking takes nothing


def test_what_is_chosen_is_taken_in_one_act(held: Desk) -> None:
    looked = contact_files.look(held, "x.csv", TABLE.encode())
    chosen = [
        replace(one, choice="fill") if one.state == "alike" else one for one in looked.candidates
    ]
    assert contact_files.take(held, chosen) == contact_files.Taken(2, 1, 3)
    names = [row.entry.name for row in address_book.find(held).rows]
    assert names == ["Pat Sample", "Quite New", "Robin Sample"]
    again = contact_files.look(held, "x.csv", TABLE.encode())
    assert [state for state, _why in _states(again)][:1] == ["same"]


def test_nothing_is_taken_when_one_entry_changed_meanwhile(held: Desk) -> None:
    looked = contact_files.look(held, "x.csv", TABLE.encode())
    row = address_book.find(held).rows[0]
    address_book.save(held, replace(row.entry, note="changed"), row.id, row.version)
    chosen = [
        replace(one, choice="fill") if one.state == "alike" else one for one in looked.candidates
    ]
    with pytest.raises(EditConflict):
        contact_files.take(held, chosen)
    assert address_book.find(held).total == 1


def test_work_that_is_stopped_takes_nothing(held: Desk) -> None:
    data = "Name\n" + "\n".join(f"Person {n:05d}" for n in range(2500))
    looked = contact_files.look(held, "x.csv", data.encode())

    def stop(done: int, _of: int) -> None:
        if done >= 2000:
            raise Stopped

    with pytest.raises(Stopped):
        contact_files.take(held, looked.candidates, stop)
    assert address_book.find(held).total == 1


def test_filling_up_changes_nothing_that_is_there() -> None:
    kept = Entry("A", role="other", email="a@x", phones=(Phone("1", key="1"),))
    other = Entry(
        "B",
        "Dr",
        role="gp",
        email="b@x",
        phones=(Phone("1", key="1"), Phone("2", key="2")),
        addresses=(Address("postal", "Way 1"),),
    )
    assert contact_files.filled_up(kept, other) == replace(
        kept, title="Dr", role="gp", phones=other.phones, addresses=other.addresses
    )


def test_a_near_name_is_found_and_a_far_one_is_not(desk: Desk) -> None:
    address_book.save(desk, Entry("Jörg Müller", "Dr"))
    names = "Name\nDr Joerg Mueller\nMüller Jörg\nJorg Muler\nAnna Schmidt\n"
    looked = contact_files.look(desk, "x.csv", names.encode())
    assert _states(looked) == [
        ("alike", "name"),
        ("alike", "near_name"),
        ("alike", "near_name"),
        ("new", ""),
    ]


@pytest.mark.parametrize("kind", ["csv", "3.0", "4.0"])
def test_what_was_exported_comes_back_as_the_same(held: Desk, kind: str) -> None:
    address_book.save(held, Entry("Pat", "Dr", addresses=(Address("postal", "1 Way", "E1", "T"),)))
    data = contact_files.export(held, kind)
    looked = contact_files.look(held, "x", data)
    assert [one.state for one in looked.candidates] == ["same", "same"]


def test_columns_without_a_known_name_wait_until_they_are_declared(desk: Desk) -> None:
    data = b"Bezeichner,Room\nPat Sample,5\n"
    looked = contact_files.look(desk, "x.csv", data)
    assert looked.candidates == ()
    assert "No column is called Name" in looked.lacking
    declared = {"Bezeichner": "name", "Room": "note"}
    looked = contact_files.look(desk, "x.csv", data, fields=declared)
    (one,) = looked.candidates
    assert one.entry is not None
    assert (one.name, one.entry.note, looked.lacking) == ("Pat Sample", "5", "")


def test_two_columns_cannot_be_the_same_field(desk: Desk) -> None:
    data = b"A,B\nPat Sample,Other\n"
    looked = contact_files.look(desk, "x.csv", data, fields={"A": "name", "B": "name"})
    assert looked.left_out == ("B",)
    assert looked.candidates[0].name == "Pat Sample"
