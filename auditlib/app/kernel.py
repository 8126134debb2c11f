"""What runs behind a page: an ordinary IPython kernel that cannot reach other computers and keeps no input history."""

from __future__ import annotations

import sys

from .guard import refuse_outside


def main() -> None:
    """Run a kernel until its page is left. Arguments are those of `ipykernel_launcher`."""
    refuse_outside()
    from ipykernel import kernelapp

    sys.argv[1:] = [*sys.argv[1:], "--HistoryManager.enabled=False", "--IPKernelApp.log_level=CRITICAL"]
    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main()
