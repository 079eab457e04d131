#!/usr/bin/env python3
"""Records conformance vectors from the official Python SDK. See conformance/README.md.

Makes its own virtual environment in conformance/.venv from requirements.txt, then runs the recorder in it.
"""
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
REQUIREMENTS = HERE / "requirements.txt"
STAMP = ENVIRONMENT / "requirements.sha256"


def environment_python() -> Path:
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return ENVIRONMENT / folder / name


def ensure_environment() -> None:
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text().strip() == wanted:
        return
    print("installing the pinned official SDK into conformance/.venv", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    subprocess.run(
        [environment_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS],
        check=True,
    )
    STAMP.write_text(wanted)


def main() -> int:
    if sys.version_info < (3, 10):
        print("conformance/record.py needs Python 3.10 or newer", file=sys.stderr)
        return 2
    ensure_environment()
    # A fixed hash seed: the official converter walks a set of ids, and its order must not change between runs.
    settings = {**os.environ, "PYTHONHASHSEED": "0", "OPENAI_AGENTS_DISABLE_TRACING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([environment_python(), "-m", "recorder", *sys.argv[1:]], cwd=HERE, env=settings).returncode


if __name__ == "__main__":
    sys.exit(main())
