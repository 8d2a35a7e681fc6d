"""What is learned when a pursuit ends: win/loss analyses with their reasons, and tactics worth using again."""

from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.kinds.opportunity_plan import SECTIONS
from crm.kinds.words import SEGMENTS
from crm.tables import playbook_tactic, win_loss_analysis, win_loss_reason

OUTCOMES: tuple[Choice, ...] = (
    ("won", "Won", "赢单"),
    ("lost", "Lost", "丢单"),
    ("no_decision", "No decision", "客户未决策"),
)
KINDS_OF_REASON: tuple[Choice, ...] = (("win", "Won", "赢单"), ("loss", "Lost", "丢单"))
READ = scopes(rep="own member", mgr="own member team", team="member", ops="all", mkt="all", anl="all")

WIN_LOSS_ANALYSIS = Kind(
    key="win_loss_analysis",
    table=win_loss_analysis,
    en="Win/loss analysis",
    plural="Win/loss analyses",
    zh="得失分析",
    group="opportunities",
    number="id",
    title="",
    parents=(Parent("opportunity", "opportunity_id"),),
    order="-analysed_at",
    fields=(
        Field(
            "opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True, listed=True
        ),
        Field("outcome", "Outcome", "结果", "choice", choices=OUTCOMES, fixed=True, listed=True),
        Field("decisive_factor", "What decided", "决定因素", "long_text", listed=True),
        Field("reusable_assets", "What can be used again", "可复用资产", "long_text"),
        Field(
            "chosen_competitor_id", "Chosen competitor", "客户选择的对手", "reference", reference="competitor",
            listed=True,
        ),
        Field("price_gap_pct", "Price gap", "价差", "percent", secret="price"),
        Field("lessons", "Lessons", "经验教训", "long_text"),
        Field("revisit_date", "Look again on", "回访日期", "date"),
        Field("findings", "Findings of the review", "复盘结论", "long_text"),
        Field("actions", "Actions of the review", "复盘行动", "data", fixed=True),
        Field("analysed_at", "Analysed on", "分析时间", "moment", fixed=True, listed=True),
        Field("analysed_by", "Analysed by", "分析人", "user", fixed=True, listed=True),
        Field("reviewed_at", "Reviewed on", "复盘时间", "moment", fixed=True),
    ),
    read=READ,
    change=scopes(rep="own", team="member"),
    only={"team": ("findings",)},
)  # fmt: skip

WIN_LOSS_REASON = Kind(
    key="win_loss_reason",
    table=win_loss_reason,
    en="Reason for the outcome",
    plural="Reasons for outcomes",
    zh="得失原因",
    group="opportunities",
    number="id",
    title="code",
    parents=(Parent("win_loss_analysis", "win_loss_analysis_id"),),
    order="win_loss_analysis_id -weight",
    fields=(
        Field(
            "win_loss_analysis_id", "Analysis", "分析", "reference", reference="win_loss_analysis", fixed=True,
            listed=True,
        ),
        Field("kind", "Kind", "类型", "choice", choices=KINDS_OF_REASON, fixed=True, listed=True),
        Field("code", "Reason", "原因", fixed=True, listed=True),
        Field("weight", "Weight", "权重", "integer", fixed=True, listed=True),
    ),
    read=READ,
)  # fmt: skip

PLAYBOOK_TACTIC = Kind(
    key="playbook_tactic",
    table=playbook_tactic,
    en="Playbook tactic",
    plural="Playbook",
    zh="战术库",
    group="measures",
    number="id",
    title="text",
    owner="owner",
    order="-updated_at",
    fields=(
        Field("text", "Tactic", "战术", "long_text", required=True, listed=True),
        Field("objective", "Objective", "目标", "long_text", listed=True),
        Field("section", "Section", "章节", "choice", choices=SECTIONS, listed=True),
        Field("segment", "Segment of the deal", "商机细分", "choice", choices=SEGMENTS, fixed=True, listed=True),
        Field("result", "What came of it", "结果", "long_text"),
        Field("opportunity_id", "From opportunity", "来源商机", "reference", reference="opportunity", fixed=True),
        Field("plan_action_id", "From action", "来源行动", "reference", reference="plan_action", fixed=True),
        Field("owner", "Owner", "负责人", "user", required=True, listed=True, fixed=True),
    ),
    read=scopes(rep="all", mgr="all", team="all", ops="all", mkt="all", anl="all"),
    change=scopes(rep="own", ops="all"),
)
