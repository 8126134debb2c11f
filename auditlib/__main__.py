"""`python -m auditlib` is `self-audit`."""

from auditlib.cli import main

raise SystemExit(main())
