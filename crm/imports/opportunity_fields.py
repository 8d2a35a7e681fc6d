"""The fields of opportunities, with the names other systems give their columns."""

from __future__ import annotations

from crm.imports.fields import Field

EXTERNAL = ("Record ID", "External ID", "ID", "CRM ID", "编号", "外部编号", "记录编号")
OWNER = ("Owner ID", "Owner Email", "Owner Name", "Owner Alias", "Sales Rep", "Salesperson", "Responsible")
OWNER_ZH = ("负责人", "所有人", "销售员", "业务员", "销售负责人", "归属人", "销售代表")

OPPORTUNITIES = (
    Field(
        "external_id",
        "ID in the other system",
        "外部系统编号",
        "id",
        also=(*EXTERNAL, "Opportunity ID", "Deal ID", "Opp ID", "商机编号", "商机ID", "商机代码"),
    ),
    Field(
        "name",
        "Name",
        "名称",
        required=True,
        also=(
            "Opportunity Name",
            "Opportunity",
            "Deal Name",
            "Deal",
            "Topic",
            "Subject",
            "商机名称",
            "商机主题",
            "项目名称",
            "商机",
        ),
    ),
    Field(
        "account_id",
        "Account's ID in the other system",
        "客户外部编号",
        "account_id",
        also=("Account ID", "Company ID", "Associated Company ID", "客户编号", "客户ID"),
    ),
    Field(
        "account",
        "Account",
        "客户",
        "account",
        also=(
            "Account Name",
            "Company",
            "Company Name",
            "Customer",
            "Customer Name",
            "Associated Company",
            "Potential Customer",
            "Organization Name",
            "客户名称",
            "公司名称",
            "最终客户",
        ),
    ),
    Field(
        "owner", "Owner", "负责人", "user", also=(*OWNER, *OWNER_ZH, "Opportunity Owner", "Deal Owner", "商机负责人")
    ),
    Field(
        "stage",
        "Stage",
        "阶段",
        "stage",
        also=(
            "Deal Stage",
            "Sales Stage",
            "Stage Name",
            "Opportunity Stage",
            "Pipeline Stage",
            "销售阶段",
            "商机阶段",
            "当前阶段",
            "状态",
        ),
    ),
    Field(
        "amount",
        "Amount",
        "金额",
        "money",
        also=(
            "Deal Amount",
            "Value",
            "Deal Value",
            "Est. Revenue",
            "Estimated Revenue",
            "Expected Revenue",
            "Total Amount",
            "预计金额",
            "商机金额",
            "预计成交金额",
            "合同金额",
            "预计收入",
        ),
    ),
    Field(
        "currency",
        "Currency",
        "币种",
        "currency",
        also=("Currency Code", "Amount Currency", "Opportunity Currency", "货币"),
    ),
    Field(
        "win_probability",
        "Probability",
        "赢单概率",
        "percent",
        also=("Probability (%)", "Win Probability", "Deal Probability", "概率", "成交概率", "赢率", "可能性"),
    ),
    Field(
        "expected_close_date",
        "Close date",
        "预计成交日期",
        "date",
        also=(
            "Expected Close Date",
            "Est. Close Date",
            "Estimated Close Date",
            "Closing Date",
            "Close Date",
            "预计签单日期",
            "预计结单日期",
            "成交日期",
            "预计成单日期",
        ),
    ),
    Field(
        "source",
        "Source",
        "商机来源",
        also=("Lead Source", "Original Source", "Opportunity Source", "来源", "线索来源"),
    ),
    Field("need", "Need", "需求", also=("Description", "Customer Need", "需求描述", "客户需求", "描述")),
    Field("next_step", "Next step", "下一步", also=("Next Steps", "Next Activity", "下一步计划", "下一步行动")),
    Field(
        "next_step_date",
        "Date of the next step",
        "下一步日期",
        "date",
        also=("Next Step Date", "Next Activity Date", "下次跟进日期", "下次跟进时间"),
    ),
    Field("rfp", "Tender", "招投标", "yesno", also=("RFP", "Is Tender", "是否招标", "是否投标")),
    Field("notes", "Notes", "备注", also=("Comments", "Remarks", "说明")),
)
