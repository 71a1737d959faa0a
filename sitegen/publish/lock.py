"""The lock of a folder, by which builds wait for each other; who waits long is told what for."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 2.0  # seconds after which it is said what is waited for
_PACE = 0.02  # seconds between two tries until then


def take_lock(folder: Path, name: str) -> int:
    """Take the lock of a folder, however long another holds it; closing what is given gives it back.

    So does the end of this process. `name` is what the editor calls the output. Windows has no such lock, nor has
    every disk; there nobody waits.
    """
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    ends = time.monotonic() + _PATIENCE
    try:
        while time.monotonic() < ends:
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            time.sleep(_PACE)
        with suppress(OSError, ValueError):  # nobody need listen
            print(f'waiting until "{name}" is free: {_holder(handle)} holds the lock on {folder}', file=sys.stderr)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return handle
    except BaseException:  # Ctrl-C
        os.close(handle)
        raise
    return handle


def _holder(handle: int) -> str:
    """The process that holds the lock of an open folder, as far as Linux tells it."""
    inode = f":{os.fstat(handle).st_ino}"
    with suppress(OSError):
        for line in Path("/proc/locks").read_text().splitlines():
            fields = line.split()  # 1: FLOCK ADVISORY WRITE 6289 fe:00:2289565 0 EOF; one that waits has -> in front
            if fields[1] == "FLOCK" and fields[5].endswith(inode):
                return f"process {fields[4]}{_command(fields[4])}"
    return "another program"


def _command(process: str) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace")
        return f" ({''.join(each if each.isprintable() else ' ' for each in words).strip()[:100]})"
    return ""
