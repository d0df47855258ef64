"""The words of ``dondoc`` as an operator types them: what is printed, and the exit code."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from docx import Document

from dondoc.audit.actions import record
from dondoc.config.cli import main
from dondoc.files.actions import keep
from dondoc.papers import docx
from dondoc.papers.tests.specimens import a_report
from dondoc.people.tests.builders import a_person
from dondoc.reading import read
from tools.parts import ROOT, clean_environment

CORPUS = ROOT / "dondoc" / "reading" / "tests" / "corpus"
Printed = pytest.CaptureFixture[str]


def test_reading_prints_what_the_reader_found(capsys: Printed) -> None:
    path = CORPUS / "01.txt"
    text = path.read_text(encoding="utf-8")

    assert main(["read", str(path), "--json", "--on", "2019-11-12"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == read(text, on=date(2019, 11, 12)).as_json()
    assert printed.err == ""

    assert main(["read", str(path)]) == 0
    assert str(path) in capsys.readouterr().out


def _below(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_a_folder_gives_one_file_of_json_per_paper(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name, place in (("01", "in"), ("02", "in/deep")):
        (tmp_path / place / f"{name}.txt").write_bytes((CORPUS / f"{name}.txt").read_bytes())
    (tmp_path / "in" / "note.md").write_text("not a paper")

    assert main(["read", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    assert _below(tmp_path / "out") == ["01.json", "deep/02.json"]
    text = (CORPUS / "02.txt").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out/deep/02.json").read_text(encoding="utf-8")) == read(text).as_json()


def test_papers_of_one_name_are_written_apart_and_a_folder_is_summed_up(
    tmp_path: Path, capsys: Printed
) -> None:
    text = (CORPUS / "01.txt").read_bytes()
    for name in ("a/kh.txt", "a/~$kh.docx", "a/kh.docx", "b/kh.txt", "b/KH.TIF"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"" if name.endswith("TIF") else text)

    assert main(["read", str(tmp_path / "in"), "--json", "--out", str(tmp_path / "out")]) == 1

    assert _below(tmp_path / "out") == ["a/kh.json", "a/kh.txt.json", "b/kh.json"]
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert lines[:3] == ["Đã đọc: 4/4", "Đã đọc 3 trên 4 tệp.", "0 văn bản rõ, 3 văn bản cần xem lại:"]
    assert lines[3].startswith(f"  {tmp_path / 'in/a/kh.docx'}: ")
    assert lines[-2:] == [
        "1 tệp chưa đọc được:",
        f"  {tmp_path / 'in/b/KH.TIF'}: Tệp “KH.TIF” rỗng (0 byte). "
        "Kiểm tra lại tệp gốc rồi tải lên lần nữa.",
    ]


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    fine = str(CORPUS / "01.txt")

    assert main(["read", str(tmp_path / "none.txt"), str(tmp_path / "broken.docx"), fine, "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)
    lines = printed.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(str(tmp_path / "none.txt"))
    assert "không mở được" in lines[0]
    assert lines[1].startswith(str(tmp_path / "broken.docx"))

    (tmp_path / "empty").mkdir()
    assert main(["read", str(tmp_path / "empty")]) == 1
    assert "Không có tệp" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [[], ["read"], ["wander"], ["read", "x.txt", "--on", "yesterday"], ["papers", "mend", "x"], ["restore"]],
)
def test_wrong_usage_exits_with_two(words: list[str], capsys: Printed) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)

    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_paper_is_checked_rule_by_rule(tmp_path: Path, capsys: Printed) -> None:
    paper = tmp_path / "paper.docx"
    paper.write_bytes(docx.render(a_report()))
    assert main(["papers", "check", str(paper)]) == 0
    assert "Đúng thể thức" in capsys.readouterr().out

    Document().save(str(paper))
    assert main(["papers", "check", str(paper), "--json"]) == 1
    deviations = json.loads(capsys.readouterr().out)
    assert deviations
    assert all({"rule", "found", "expected"} <= set(each) for each in deviations)


@pytest.mark.parametrize("data", [None, b"", b"plain text", b"PK\x03\x04 cut off"])
def test_what_is_no_word_file_gets_one_sentence(data: bytes | None, tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "paper.docx"
    if data is not None:
        path.write_bytes(data)

    assert main(["papers", "check", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert str(path) in printed.err


@pytest.mark.django_db
def test_verify_tells_whole_from_altered(capsys: Printed) -> None:
    person = a_person()
    kept = keep(docx.render(a_report()), name="bao-cao.docx", by=person, at=timezone.now())
    record("files.keep", kept, label="Giữ tệp", by=person, at=timezone.now())
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.strip() == "Toàn vẹn."

    with default_storage.open(kept.path, "wb") as stored:
        stored.write(b"altered")
    assert main(["verify"]) == 1
    printed = capsys.readouterr()
    assert "bao-cao.docx" in printed.out
    assert "1 chỗ" in printed.err

    assert main(["verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], len(told["broken"])) == (False, 1)


@pytest.mark.django_db
def test_the_doctor_looks_at_everything_and_changes_nothing(capsys: Printed) -> None:
    code = main(["doctor", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert {"cơ sở dữ liệu", "kho tệp", "thư điện tử", "chỗ trống trên đĩa"} <= {f["what"] for f in told}
    assert all(f["fine"] for f in told if f["what"] in {"cơ sở dữ liệu", "kho tệp"})
    assert code in {0, 1}
    assert default_storage.listdir("doctor")[1] == []


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("DATABASE_URL", "mysql://x"), ("PUBLIC_URL", "example.vn")]
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(name: str, value: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dondoc.config.cli", "doctor"],
        cwd=ROOT,
        env=clean_environment(tmp_path, **{name: value}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert f"Cấu hình {name}='{value}'" in done.stderr
