"""One function for each notebook: it opens the workspace and returns the page to show, or says plainly why it cannot."""

from __future__ import annotations

from .guard import Page, guarded


def archives() -> Page:
    """Return the page of notebook 1: the policy, the school, the downloads, and what was read."""

    def make() -> Page:
        from ..workspace import Workspace
        from .archives import ArchivesPage

        return ArchivesPage(Workspace.open())

    return guarded(make)


def posts() -> Page:
    """Return the page of notebook 2: the review queue and the to-do list."""

    def make() -> Page:
        from ..workspace import Workspace
        from .posts import PostsPage

        return PostsPage(Workspace.open())

    return guarded(make)


def settings() -> Page:
    """Return the page of notebook 3: the privacy settings checklist."""

    def make() -> Page:
        from ..workspace import Workspace
        from .settings import SettingsPage

        return SettingsPage(Workspace.open())

    return guarded(make)


def connections() -> Page:
    """Return the page of notebook 4: friends, followers, requests and people messaged."""

    def make() -> Page:
        from ..workspace import Workspace
        from .connections import ConnectionsPage

        return ConnectionsPage(Workspace.open())

    return guarded(make)


def declaration() -> Page:
    """Return the page of notebook 5: the declaration and its signature."""

    def make() -> Page:
        from ..workspace import Workspace
        from .declaration import DeclarationPage

        return DeclarationPage(Workspace.open())

    return guarded(make)


def register() -> Page:
    """Return HR's page: a folder of declarations as a register."""

    def make() -> Page:
        from .register import RegisterPage

        return RegisterPage()

    return guarded(make)
