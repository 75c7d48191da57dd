"""Where do things lie under a root? ``--root`` names the folder that holds kb/, site_config/ and var/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import RootError


@dataclass(frozen=True)
class Root:
    """The folders of one knowledge base. ``state``: where var/ lies when the articles are a copy of those of a site."""

    path: Path
    state: Path | None = None

    @classmethod
    def at(cls, path: Path | str) -> Root:
        """The root at ``path``.

        Raises RootError when it holds no kb/ folder.
        """
        folder = Path(path).resolve()
        if not (folder / "kb").is_dir():
            raise RootError(f"{folder} 里没有 kb 文件夹", "用 --root 指到放 kb/ 的文件夹")
        return cls(folder)

    @property
    def kb(self) -> Path:
        return self.path / "kb"

    @property
    def config(self) -> Path:
        return self.path / "site_config"

    @property
    def var(self) -> Path:
        return self.state or self.path / "var"

    def relative(self, path: Path) -> str:
        """``path`` as it is named in messages: from the root, with forward slashes."""
        return path.relative_to(self.path).as_posix()
