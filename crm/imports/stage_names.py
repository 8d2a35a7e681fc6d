"""What the stages of other systems mean here: status and stage of an imported opportunity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from crm.imports.fields import key_of
from crm.imports.refusals import ImportRefused
from crm.stages import Stage

# An early stage becomes assessed, so that the opportunity can be prioritized at once.
ASSESSED = (
    "new", "open", "prospecting", "prospect", "qualification", "qualify", "qualified", "discovery", "lead",
    "needs analysis", "value proposition", "id. decision makers", "identify decision makers",
    "perception analysis", "appointment scheduled", "qualified to buy", "develop", "assessed", "in progress",
    "初步接触", "需求确认", "需求分析", "立项", "商机确认", "初期沟通", "验证客户", "价值主张", "评估",
    "跟进中", "线索", "新建",
)  # fmt: skip
PREQUALIFIED = ("pre-qualified", "prequalified", "预审")
BY_STAGE = {
    "complex.plan_and_solution": (
        "presentation scheduled", "decision maker bought-in", "solution", "solution design", "demo",
        "方案设计", "方案阶段", "方案制定", "解决方案", "方案",
    ),
    "complex.proposal": (
        "proposal", "propose", "proposal/price quote", "quote", "quotation", "price quote",
        "方案报价", "报价", "方案/报价", "提交方案", "建议书",
    ),
    "complex.negotiation": (
        "negotiation", "negotiation/review", "contract sent", "contract review",
        "谈判", "商务谈判", "合同谈判", "谈判审核",
    ),
    "complex.verbal_commitment": (
        "verbal", "verbal commitment", "verbal agreement", "commit", "口头承诺", "意向确认", "合同审批",
    ),
}  # fmt: skip
WON = ("won", "closed won", "close won", "win", "赢单", "成交", "已成交", "成功", "赢单关闭", "签约", "已签约")
LOST = ("lost", "closed lost", "close lost", "loss", "输单", "丢单", "失败", "输单关闭", "流失", "战败")
ENDS = ("won", "lost", "cancelled")
CANCELLED = ("cancelled", "canceled", "dead", "closed", "abandoned", "取消", "已取消", "作废", "关闭")


@dataclass(frozen=True)
class Place:
    """Where an opportunity stands: status, and the key of its stage."""

    status: str
    stage: str | None


class StageNames:
    """Finds the place for the name of a stage; `mode` is the sales mode of new opportunities.

    `usual` is the place of an opportunity whose stage is not given.
    `chosen` maps names of the file to `codes`, before all names known. Raises `ImportRefused` for a code that is none.
    """

    def __init__(self, ladder: tuple[Stage, ...], mode: str, chosen: Mapping[str, str] | None = None) -> None:
        self._mode = mode
        own = [stage for stage in ladder if not stage.retired]
        self._entry = next((stage for stage in own if stage.mode == mode and stage.pipeline_entry), None)
        self._stages = {stage.key: stage for stage in own}
        self._places = {key_of(name): place for name, place in self._named(own)}
        self.usual = self._places[key_of("assessed")]
        self._places |= {key_of(name): self._chosen(name, code) for name, code in (chosen or {}).items()}

    @property
    def codes(self) -> tuple[str, ...]:
        """What the name of a stage can be mapped to: the keys of the stages, and the ends."""
        return (*self._stages, *ENDS)

    def code_of(self, name: str) -> str:
        """The code of the place that a name is taken for; empty for a name that is not known."""
        place = self.find(name)
        return "" if place is None else place.status if place.status in ENDS else place.stage or ""

    def _chosen(self, name: str, code: str) -> Place:
        if code in ENDS:
            return Place(code, None)
        if code in self._stages:
            return self._of(self._stages[code])
        raise ImportRefused(
            "Expected one of %(codes)s for the stage %(name)s of the file, but got %(code)s.",
            codes=", ".join(self.codes),
            name=name,
            code=code,
        )

    def _named(self, own: list[Stage]) -> list[tuple[str, Place]]:
        early = Place("assessed", self._before_pipeline(own))
        named = [(name, early) for name in ASSESSED]
        named += [(name, Place("prequalified", early.stage)) for name in PREQUALIFIED]
        for key, names in BY_STAGE.items():
            if self._mode == "complex" and key in self._stages:
                named += [(name, Place("active", key)) for name in names]
        named += [(name, Place("won", None)) for name in WON]
        named += [(name, Place("lost", None)) for name in LOST]
        named += [(name, Place("cancelled", None)) for name in CANCELLED]
        for stage in sorted(own, key=lambda one: one.mode == self._mode):
            if stage.mode == self._mode:
                named += [(name, self._of(stage)) for name in (stage.key, stage.name, stage.name_zh)]
        return named

    def _of(self, stage: Stage) -> Place:
        if stage.key == "complex.prequalified":
            return Place("prequalified", stage.key)
        in_pipeline = self._entry is not None and stage.position >= self._entry.position
        return Place("active" if in_pipeline else "assessed", stage.key)

    def _before_pipeline(self, own: list[Stage]) -> str | None:
        position = self._entry.position if self._entry else 1
        before = [stage for stage in own if stage.mode == self._mode and stage.position < position]
        return max(before, key=lambda stage: stage.position).key if before else None

    def find(self, name: str) -> Place | None:
        """The place for a name, or None when it is not known."""
        return self._places.get(key_of(name))

    def near(self, name: str) -> str:
        """A known name that looks like this one, or an empty text."""
        found = get_close_matches(key_of(name), self._places, 1, 0.75)
        return found[0] if found else ""

    def stage(self, key: str | None) -> Stage | None:
        """The stage with a key."""
        return self._stages.get(key) if key else None
