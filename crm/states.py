"""The life cycles of the business records (catalogue 8.2), each one table of states, their names and legal moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm.errors import IllegalMove
from crm.titles import Choices, Names, named

Moves = Mapping[str, frozenset[str]]

OPEN_OPPORTUNITY = ("draft", "prequalified", "assessed", "active", "pended")
TERMINAL_OPPORTUNITY = ("lost", "no_decision", "cancelled", "disqualified", "closed")


@dataclass(frozen=True)
class LifeCycle:
    """What the states are called, and from each the states that may follow; without states, a record has no life."""

    titles: Choices = ()
    moves: Moves = field(default_factory=dict)

    def named(self, *states: object) -> Names:
        """What states are called, by language."""
        return named(self.titles, *states)


def _life_cycle(**table: tuple[str, str, str]) -> LifeCycle:
    """A life cycle out of its states: of each the English name, the Chinese name, and what may follow."""
    titles = tuple((state, en, zh) for state, (en, zh, _after) in table.items())
    return LifeCycle(titles, {state: frozenset(after.split()) for state, (_en, _zh, after) in table.items()})


# prequalified -> active is the fast track of 3.3.3.4.3; draft -> active is the simple sales mode;
# draft -> pended is the nurture of 3.3.3.4.1.
OPPORTUNITY = _life_cycle(
    draft=("Draft", "草稿", "prequalified active pended lost cancelled disqualified"),
    prequalified=("Pre-qualified", "已预审", "assessed active pended lost cancelled disqualified"),
    assessed=("Assessed", "已评估", "active pended lost cancelled disqualified"),
    active=("In the pipeline", "跟进中", "pended won lost no_decision cancelled"),
    pended=("Put off", "已暂缓", "assessed lost cancelled disqualified"),
    won=("Won", "成功", "closed"),
    lost=("Lost", "失败", "assessed"),
    no_decision=("No decision", "客户未决策", "assessed"),
    cancelled=("Cancelled", "已取消", "assessed"),
    disqualified=("Disqualified", "不合格", "assessed"),
    closed=("Closed", "关闭", ""),
)

# A review that stops a plan retires it, and a plan may be given up while it is revised.
ACCOUNT_PLAN = _life_cycle(
    draft=("Draft", "草稿", "in_review retired"),
    in_review=("In review", "评审中", "rework approved retired"),
    rework=("To be reworked", "待修改", "draft retired"),
    approved=("Approved", "已批准", "active"),
    active=("Active", "执行中", "revising retired expired"),
    revising=("Being revised", "修订中", "in_review retired"),
    retired=("Retired", "已停用", ""),
    expired=("Expired", "已到期", ""),
)

LEAD = _life_cycle(
    new=("New", "新建", "scored"),
    scored=("Scored", "已评分", "converted nurture rejected"),
    converted=("Converted", "已转换", ""),
    nurture=("In nurture", "培育中", "new"),
    rejected=("Rejected", "已退回", ""),
)

# A quote that never went out expires when the pursuit ends.
QUOTE = _life_cycle(
    draft=("Draft", "草稿", "in_approval approved expired"),
    in_approval=("In approval", "审批中", "draft approved expired"),
    approved=("Approved", "已批准", "sent expired"),
    sent=("Sent", "已发送", "draft accepted rejected expired"),
    accepted=("Accepted", "已接受", ""),
    rejected=("Rejected", "已拒绝", ""),
    expired=("Expired", "已失效", ""),
)

ORDER = _life_cycle(
    entered=("Entered", "已录入", "partial complete cancelled"),
    partial=("Partly executed", "部分执行", "complete cancelled"),
    complete=("Complete", "已完成", ""),
    cancelled=("Cancelled", "已取消", ""),
)

# approved -> open is a forecast that operations did not publish; a refused one is open again.
FORECAST = _life_cycle(
    open=("Open", "编制中", "submitted"),
    submitted=("Submitted", "已提交", "open approved"),
    approved=("Approved", "已批准", "open published"),
    published=("Published", "已发布", ""),
)

# agreed -> draft opens the next version when the situation changes before the plan is stale.
OPPORTUNITY_PLAN = _life_cycle(
    draft=("Draft", "草稿", "agreed"),
    agreed=("Agreed", "已商定", "draft stale"),
    stale=("Out of date", "已过时", "draft"),
)

MEASURE_RUN = _life_cycle(
    open=("Open", "进行中", "computed"),
    computed=("Computed", "已计算", "open published"),
    published=("Published", "已发布", ""),
)

PENDED_ITEM = _life_cycle(
    waiting=("Waiting", "等待中", "resumed dropped"),
    resumed=("Resumed", "已恢复", ""),
    dropped=("Dropped", "已放弃", ""),
)

THRESHOLD = _life_cycle(
    proposed=("Proposed", "待发布", "published withdrawn"),
    published=("Published", "已发布", ""),
    withdrawn=("Withdrawn", "已撤回", ""),
)

# draft -> cancelled ends a request that colleagues stopped before it went out; draft -> scheduled is an unplanned call.
SALES_CALL = _life_cycle(
    draft=("Draft", "草稿", "proposed scheduled cancelled"),
    proposed=("Proposed", "已邀约", "scheduled cancelled"),
    scheduled=("Scheduled", "已预约", "proposed in_progress not_held cancelled"),
    in_progress=("In progress", "进行中", "held"),
    held=("Held", "已进行", "documented"),
    not_held=("Not held", "未进行", "documented"),
    documented=("Documented", "已记录", "closed"),
    closed=("Closed", "已关闭", ""),
    cancelled=("Cancelled", "已取消", ""),
)

CALL_FOLLOW_UP = _life_cycle(
    planned=("Planned", "已商定", "open done not_done dropped"),
    open=("Open", "进行中", "done not_done dropped"),
    done=("Done", "已完成", ""),
    not_done=("Not done", "未完成", "done dropped"),
    dropped=("Dropped", "已放弃", ""),
)


# A file is checked again whenever it is to be read otherwise, and applied anew when its job was interrupted.
IMPORT_RUN = _life_cycle(
    uploaded=("Uploaded", "已上传", "checking cancelled"),
    checking=("Being checked", "检查中", "checking checked applying failed cancelled"),
    checked=("Checked", "已检查", "checking applying cancelled"),
    applying=("Being imported", "导入中", "checking applying failed done"),
    failed=("Not readable", "无法读取", "checking cancelled"),
    done=("Imported", "已导入", ""),
    cancelled=("Discarded", "已放弃", ""),
)


def may_move(life: LifeCycle, old: str, new: str) -> bool:
    """Whether the life cycle allows going from one state to another; an unknown state allows nothing."""
    return new in life.moves.get(old, frozenset())


def move(life: LifeCycle, record: str | Names, old: str, new: str) -> str:
    """The new state; raises `IllegalMove` naming the record, both states and what is possible instead."""
    if not may_move(life, old, new):
        raise illegal_move(life, record, old, new, life.moves.get(old, frozenset()))
    return new


def illegal_move(life: LifeCycle, record: str | Names, old: str, new: str, possible: Collection[str]) -> IllegalMove:
    """The refusal of a move, with the names of the states; a record may be named by language."""
    names: dict[str, Any] = {"record": record, "new": life.named(new), "old": life.named(old)}
    if not possible:
        return IllegalMove(
            "Expected to make %(record)s “%(new)s”, but it is “%(old)s”, and cannot be moved from there.", **names
        )
    return IllegalMove(**names, possible=life.named(*(state for state, _, _ in life.titles if state in possible)))
