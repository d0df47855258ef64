"""The words ``dondoc`` understands. Exit 0 done, 1 a problem said in one sentence, 2 wrong usage."""

import argparse
import dataclasses
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dondoc.config.progress import progress


class Problem(Exception):
    """One sentence for standard error."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, prepare Django only for the words that need it, run, and answer the exit code."""
    told = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.config.settings")
    try:
        if told.needs_django:
            _set_up()
        word: Callable[[argparse.Namespace], int] = told.word
        return word(told)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _set_up() -> None:
    import django

    from dondoc.foundation.env import WrongSetting

    try:
        django.setup()
    except WrongSetting as wrong:
        raise Problem(str(wrong)) from wrong


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dondoc", description="Đôn Đốc: kiểm tra công tác cải cách hành chính."
    )
    words = parser.add_subparsers(required=True, metavar="VIỆC")

    def add(
        name: str, word: Callable[[Any], int], told: str, *, django: bool = True
    ) -> argparse.ArgumentParser:
        made = words.add_parser(name, help=told, description=told)
        made.set_defaults(word=word, needs_django=django)
        return made

    run = add("run", _run, "chạy: chuẩn bị dữ liệu, trang web và trình chạy nền", django=False)
    run.add_argument("--host")
    run.add_argument("--port", type=int)
    run.add_argument("--no-sample", action="store_true", help="không nạp dữ liệu mẫu vào cơ sở dữ liệu trống")
    sample = add("sample", _sample, "nạp dữ liệu mẫu vào cơ sở dữ liệu trống")
    sample.add_argument("name", nargs="?", default="thanh-oai-2019", choices=["thanh-oai-2019"])
    sample.add_argument("--seed", type=int, default=2019)
    read = add("read", _read, "đọc văn bản (.txt .docx .pdf .doc .rtf, bản quét)", django=False)
    read.add_argument("paths", nargs="+", type=Path, metavar="TỆP")
    read.add_argument("--json", action="store_true", help="chỉ in JSON")
    read.add_argument("--out", type=Path, help="ghi mỗi văn bản một tệp JSON vào thư mục này")
    read.add_argument("--on", type=_day, help="ngày đọc, dạng YYYY-MM-DD")
    report = add("report", _report, "xuất báo cáo tổng hợp của một kế hoạch")
    report.add_argument("number", metavar="SỐ-KÝ-HIỆU")
    report.add_argument("--format", choices=["docx", "pdf", "xlsx"], default="docx")
    report.add_argument("--out", type=Path, required=True)
    check = add("papers", _papers, "kiểm tra thể thức của một văn bản .docx", django=False)
    check.add_argument("act", choices=["check"])
    check.add_argument("path", type=Path, metavar="TỆP")
    check.add_argument("--json", action="store_true")
    criteria = add("criteria", _criteria, "kiểm tra hoặc nạp bộ tiêu chí (.csv .xlsx)")
    criteria.add_argument("act", choices=["check", "import"])
    criteria.add_argument("path", type=Path, metavar="TỆP")
    criteria.add_argument("--code", help="mã bộ tiêu chí (mặc định: tên tệp)")
    criteria.add_argument("--title", help="tên bộ tiêu chí (mặc định: tên tệp)")
    criteria.add_argument("--by", help="tên đăng nhập của người nạp")
    criteria.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ thêm, sửa, bỏ gì; không nạp")
    verify = add("verify", _verify, "kiểm tra toàn vẹn: nhật ký, văn bản, biên bản đã chốt, tệp")
    verify.add_argument("--json", action="store_true")
    backup = add("backup", _backup, "sao lưu cơ sở dữ liệu và tệp vào một tệp .tar.gz, không cần dừng máy")
    backup.add_argument("path", type=Path, metavar="TỆP")
    restore = add("restore", _restore, "phục hồi từ một bản sao lưu vào một nơi trống")
    restore.add_argument("path", type=Path, metavar="TỆP")
    restore.add_argument("--force", action="store_true", help="thay thế dữ liệu đang có")
    first = add("administrator", _administrator, "lập tài khoản quản trị đầu tiên của một nơi cài đặt mới")
    first.add_argument("username", metavar="TÊN-ĐĂNG-NHẬP")
    first.add_argument("--name", required=True, help="họ và tên")
    first.add_argument("--unit", default="Hà Nội", help="đơn vị của quản trị (mặc định: %(default)s)")
    add("worker", _worker, "chỉ chạy trình chạy nền")
    doctor = add("doctor", _doctor, "kiểm tra cấu hình, dịch vụ, chương trình tùy chọn")
    doctor.add_argument("--json", action="store_true")
    return parser


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _run(told: argparse.Namespace) -> int:
    for name, value in (("HOST", told.host), ("PORT", told.port)):
        if value is not None:
            os.environ[name] = str(value)
    _set_up()
    from dondoc.config.running import run

    return run(sample=not told.no_sample)


def _worker(told: argparse.Namespace) -> int:
    from dondoc.config.running import work

    work()
    return 0


def _sample(told: argparse.Namespace) -> int:
    from dondoc.config.running import migrate
    from dondoc.config.sample import NotEmpty, load

    migrate()
    try:
        load(told.name, seed=told.seed, say=progress)
    except NotEmpty as full:
        raise Problem("Cơ sở dữ liệu đã có dữ liệu; dữ liệu mẫu chỉ nạp vào cơ sở dữ liệu trống.") from full
    return 0


def _read(told: argparse.Namespace) -> int:
    from dondoc.config.reading_files import NotRead, Told, papers_under, read_path, targets

    found = papers_under(told.paths)
    if not found:
        raise Problem("Không có tệp .txt, .docx, .pdf, .doc, .rtf hay ảnh quét nào ở chỗ đã nêu.")
    written = targets(found, told.out) if told.out else []
    many = any(path.is_dir() for path in told.paths)
    whole = Told()
    for place, paper in enumerate(found):
        notes: tuple[str, ...] = ()
        try:
            reading, notes = read_path(paper.path, on=told.on, on_progress=_page)
        except NotRead as not_read:
            whole.not_read.append((paper.path, str(not_read)))
        else:
            whole.note(paper.path, reading, notes)
            _hand_over(told, paper.path, reading, written[place] if told.out else None)
        if many:
            progress("Đã đọc", place + 1, len(found), to=sys.stderr)
        else:
            notes = (*notes, *(why for path, why in whole.not_read if path == paper.path))
            sys.stderr.writelines(f"{paper.path}: {note}\n" for note in notes)
    if many:
        sys.stderr.writelines(f"{line}\n" for line in whole.lines())
    return 1 if whole.not_read else 0


def _hand_over(told: argparse.Namespace, path: Path, reading: dict[str, Any], target: Path | None) -> None:
    """Into its file, or on the screen as JSON or in words."""
    text = json.dumps(reading, ensure_ascii=False, indent=1)
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text + "\n", encoding="utf-8")
    elif told.json:
        print(text)
    else:
        _tell_reading(path, reading)


def _page(page: int, of: int, doing: str) -> None:
    """How far a long paper is, for somebody who watches."""
    if sys.stderr.isatty() and page < of:
        progress(doing, page, of, to=sys.stderr)


def _tell_reading(path: Path, reading: dict[str, Any]) -> None:
    document = reading["document"]
    print(path)
    if document:
        dated = f"ngày {document['date'] or '?'}, {document['issuer'] or '?'}"
        print(f"  {document['type']} {document['symbol'] or ''} {dated}")
    for citation in reading["citations"]:
        print(f"  · {citation['relation']}: {citation['text']}")
    units = reading["units"]
    print(f"  {len(reading['contents'])} nội dung, {units['count'] or '?'} {units['kind'] or 'đơn vị'}")


def _report(told: argparse.Namespace) -> int:
    from dondoc.foundation import clock
    from dondoc.programmes.models import Programme
    from dondoc.reports.documents import consolidated

    found = list(Programme.objects.filter(plan__symbol=told.number).select_related("plan", "authority")[:2])
    if not found:
        raise Problem(f"Không có kế hoạch nào mang số {told.number}.")
    if len(found) > 1:
        raise Problem(f"Có nhiều kế hoạch mang số {told.number}; mở trên màn hình để chọn đúng kế hoạch.")
    told.out.write_bytes(consolidated(found[0], told.format, at=clock.now()))
    print(f"Đã ghi {told.out}")
    return 0


def _papers(told: argparse.Namespace) -> int:
    from dondoc.papers.check import check_docx

    try:
        deviations = check_docx(told.path.read_bytes())
    except (OSError, ValueError) as error:
        raise Problem(f"Không mở được {told.path}: tệp phải là văn bản .docx.") from error
    if told.json:
        print(
            json.dumps(
                [dataclasses.asdict(each) for each in deviations],
                ensure_ascii=False,
            )
        )
    for each in [] if told.json else deviations:
        print(f"{each.rule}: có {each.found}, cần {each.expected}")
    if not deviations and not told.json:
        print("Đúng thể thức.")
    return 1 if deviations else 0


def _criteria(told: argparse.Namespace) -> int:
    from dondoc.config.importing import check_criteria, foresee, import_criteria
    from dondoc.foundation import clock
    from dondoc.people.models import User

    errors = check_criteria(told.path)
    for error in errors:
        print(error)
    if errors:
        raise Problem(f"{told.path}: {len(errors)} lỗi, chưa nạp gì.")
    if told.act == "check":
        print("Không có lỗi.")
        return 0
    if told.dry_run:
        for line in foresee(told.path, told.code or told.path.stem):
            print(line)
        return 0
    person = User.objects.filter(username=told.by or "").first()
    if person is None:
        raise Problem("Nêu người nạp: --by TÊN-ĐĂNG-NHẬP của một chuyên viên tổng hợp.")
    code = told.code or told.path.stem
    made = import_criteria(told.path, code=code, title=told.title or code, by=person, at=clock.now())
    print(f"Đã nạp {made}: {made.items.count()} tiêu chí.")
    return 0


def _verify(told: argparse.Namespace) -> int:
    from dondoc.config.verification import broken

    found = list(broken())
    if told.json:
        print(json.dumps({"whole": not found, "broken": found}, ensure_ascii=False))
        return 1 if found else 0
    for sentence in found:
        print(sentence)
    if found:
        raise Problem(f"Không toàn vẹn: {len(found)} chỗ.")
    print("Toàn vẹn.")
    return 0


def _backup(told: argparse.Namespace) -> int:
    from dondoc.config.backup import NotDone, save

    try:
        made = save(told.path, say=progress)
    except NotDone as why:
        raise Problem(str(why)) from why
    except OSError as error:
        raise Problem(f"Không ghi được {told.path}: {error.strerror}.") from error
    print(f"Đã sao lưu vào {told.path}: {made['record']['lines']} dòng nhật ký, {len(made['files'])} tệp.")
    return 0


def _restore(told: argparse.Namespace) -> int:
    from dondoc.config.archive import Broken
    from dondoc.config.backup import NotDone, restore

    try:
        wrong = restore(told.path, force=told.force, say=progress)
    except (NotDone, Broken) as why:
        raise Problem(str(why)) from why
    for sentence in wrong:
        print(sentence)
    if wrong:
        raise Problem(f"Đã phục hồi nhưng không toàn vẹn: {len(wrong)} chỗ.")
    print(f"Đã phục hồi từ {told.path}. Toàn vẹn.")
    return 0


def _administrator(told: argparse.Namespace) -> int:
    from dondoc.config.founding import CannotFound, first_administrator
    from dondoc.config.running import migrate

    migrate()
    password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        person = first_administrator(told.username, told.name, password, unit_name=told.unit)
    except CannotFound as reason:
        raise Problem(str(reason)) from reason
    print(f"Đã lập tài khoản quản trị {person.username}. Đăng nhập rồi lập tài khoản cho người khác.")
    return 0


def _doctor(told: argparse.Namespace) -> int:
    from dondoc.config.doctor import examine

    found = examine()
    if told.json:
        print(
            json.dumps([{"what": f.what, "fine": f.fine, "told": f.told} for f in found], ensure_ascii=False)
        )
    for each in [] if told.json else found:
        print(f"{'✓' if each.fine else '✗'} {each.what}: {each.told}")
    return 0 if all(each.fine or each.optional for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
