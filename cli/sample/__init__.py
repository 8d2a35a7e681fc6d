"""The sample company: people, customers and a year of opportunities, played through the real engine."""

from cli.sample.build import PASSWORD, Unfinished, accounts, build, has_demo_accounts, is_wanted

__all__ = ["PASSWORD", "Unfinished", "accounts", "build", "has_demo_accounts", "is_wanted"]
