"""Two folders change places in one step, where the system and the disk know how."""

import errno
import os
import sys
from pathlib import Path

_SWAP = 2
"""RENAME_EXCHANGE of Linux (renameat2), RENAME_SWAP of macOS (renamex_np)."""
_HERE = -100  # AT_FDCWD, which full paths make of no account
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders beside each other, so that at each moment there is one at either path.

    False, with nothing done, where there is no such step; raises OSError when there is one and it fails.
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    import ctypes  # a build in which nothing changes needs it as little

    system = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            failed = system.renameat2(_HERE, paths[0], _HERE, paths[1], _SWAP)
        else:
            failed = system.renamex_np(*paths, _SWAP)
    except AttributeError:  # an old system's library
        return False
    if not failed:
        return True
    error = ctypes.get_errno()
    if error in _UNKNOWN:
        return False
    raise OSError(error, os.strerror(error), str(one), None, str(other))
