"""Columns find their fields by the names that other systems give them."""

import pytest

from crm.imports import mapping
from crm.imports.lists import BY_KIND
from crm.imports.options import Options
from crm.imports.refusals import ImportRefused


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (
            "opportunities",
            {
                "Opportunity Name": "name",
                "Account Name": "account",
                "Account ID": "account_id",
                "Close Date": "expected_close_date",
                "Owner Email": "owner",
                "Probability (%)": "win_probability",
                "Stage": "stage",
            },
        ),
        (
            "opportunities",
            {"Deal Name": "name", "Deal Stage": "stage", "Deal owner": "owner", "Record ID": "external_id"},
        ),
        (
            "opportunities",
            {
                "商机名称": "name",
                "客户名称": "account",
                "预计成交日期": "expected_close_date",
                "金额": "amount",
                "阶段": "stage",
                "负责人": "owner",
            },
        ),
        ("accounts", {"Account Name": "name", "Account ID": "external_id", "Billing State/Province": "region"}),
        ("contacts", {"First Name": "first_name", "E-mail Adress": "email", "手机号": "mobile", "所属客户": "account"}),
    ],
)
def test_names_of_common_exports_are_known(kind: str, columns: dict[str, str]) -> None:
    assert mapping.suggest(kind, list(columns)) == columns


def test_a_column_that_names_nothing_is_left_out() -> None:
    assert mapping.suggest("accounts", ["Favourite colour", "", "Name"]) == {"Name": "name"}


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_label_suggests_its_own_field(kind: str) -> None:
    for language in ("en", "zh-Hans"):
        labels = [field.display_name(language) for field in BY_KIND[kind]]

        assert list(mapping.suggest(kind, labels).values()) == [field.key for field in BY_KIND[kind]]


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"Nme": "name"}, "Expected a column Nme in the file"),
        ({"Name": "colour"}, "but got colour"),
        ({"Name": "account"}, "Expected a column for Name"),
        ({"Name": "name"}, "Expected a column for Account"),
        ({"Name": "name", "Title": "name"}, "several are chosen"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(columns: dict[str, str], why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        mapping.check("contacts", ["Name", "Title"], columns)


@pytest.mark.parametrize("choice", [{"date_order": "ymd"}, {"mode": "none"}, {"decimal_mark": ";"}, {"source": " "}])
def test_choices_out_of_range_are_refused(choice: dict[str, str]) -> None:
    with pytest.raises(ImportRefused, match="Expected"):
        Options(**choice)
