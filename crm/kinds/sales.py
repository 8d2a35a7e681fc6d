"""Quotes with their lines, orders with theirs, and how far these are delivered, invoiced and paid."""

from crm import states
from crm.kinds.kind import Choice, Field, Kind, Parent, Start, scopes
from crm.tables import order_execution, order_line, quote, quote_line, sales_order

OF_OPPORTUNITY = (Parent("opportunity", "opportunity_id"),)
LINE_STATES: tuple[Choice, ...] = (
    ("open", "Open", "未执行"),
    ("partial", "Partly executed", "部分执行"),
    ("complete", "Complete", "已完成"),
    ("cancelled", "Cancelled", "已取消"),
)
READ_QUOTE = scopes(rep="own member", mgr="own member team", team="member", ops="all", anl="all")
READ_ORDER = scopes(rep="own member", mgr="own member team", ops="all", anl="all")

ORDER_CHANGED = {"order.changed": ("order", "opportunity")}

QUOTE = Kind(
    key="quote",
    table=quote,
    en="Quote",
    plural="Quotes",
    zh="报价",
    group="quotes",
    title="",
    owner="owner",
    parents=OF_OPPORTUNITY,
    states=states.QUOTE,
    order="-updated_at",
    fields=(
        Field("opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True, listed=True),
        Field("version", "Version", "版本", "integer", fixed=True),
        Field("amount", "Amount", "金额", "money", fixed=True, listed=True, secret="price"),
        Field("discount_pct", "Discount", "折扣", "percent", fixed=True, listed=True, secret="price"),
        Field("margin_pct", "Margin", "毛利率", "percent", fixed=True, secret="margin"),
        Field("valid_until", "Valid until", "有效期至", "date", fixed=True, listed=True),
        Field("payment_terms", "Terms of payment", "付款条款", fixed=True),
        Field("non_standard_terms", "Terms beyond the standard", "非标条款", "boolean", fixed=True),
        Field("justification", "Reason for the discount", "折扣理由", "long_text", fixed=True),
        Field("counter_discount", "Discount offered by the manager", "经理建议折扣", "percent", fixed=True),
        Field("customer_note", "What the customer said", "客户意见", "long_text", fixed=True),
        Field("status", "Status", "状态", "choice", choices=states.QUOTE.titles, fixed=True, listed=True),
        Field("sent_at", "Sent", "发送时间", "moment", fixed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
    ),
    read=READ_QUOTE,
)

QUOTE_LINE = Kind(
    key="quote_line",
    table=quote_line,
    en="Line of a quote",
    plural="Lines of quotes",
    zh="报价明细",
    group="quotes",
    number="id",
    title="",
    parents=(Parent("quote", "quote_id"),),
    order="quote_id id",
    fields=(
        Field("quote_id", "Quote", "报价", "reference", reference="quote", fixed=True, listed=True),
        Field("product_id", "Product", "产品", "reference", reference="product", fixed=True, listed=True),
        Field("qty", "Quantity", "数量", "decimal", fixed=True, listed=True),
        Field("list_price", "List price", "目录价", "money", fixed=True, listed=True, secret="price"),
        Field("discount_pct", "Discount", "折扣", "percent", fixed=True, listed=True, secret="price"),
        Field("amount", "Amount", "金额", "money", fixed=True, listed=True, secret="price"),
    ),
    read=READ_QUOTE,
)

ORDER = Kind(
    key="order",
    table=sales_order,
    en="Order",
    plural="Orders",
    zh="商机订单",
    group="quotes",
    title="order_no",
    owner="owner",
    parents=OF_OPPORTUNITY,
    states=states.ORDER,
    move=scopes(ops="all"),
    order="-ordered_on -id",
    fields=(
        Field("opportunity_id", "Opportunity", "商机", "reference", reference="opportunity", fixed=True, listed=True),
        Field("quote_id", "Quote", "报价", "reference", reference="quote", fixed=True),
        Field("order_no", "Number of the customer", "客户订单号", listed=True),
        Field("ordered_on", "Ordered on", "下单日期", "date", fixed=True, listed=True),
        Field("amount", "Amount", "金额", "money", fixed=True, listed=True, secret="price"),
        Field("status", "Status", "状态", "choice", choices=states.ORDER.titles, fixed=True, listed=True),
        Field("owner", "Owner", "负责人", "user", fixed=True, listed=True),
    ),
    read=READ_ORDER,
    change=scopes(ops="all"),
    starts=(Start("order-execution-tracking", ("entered", "partial")),),
    tells=ORDER_CHANGED,
)

ORDER_LINE = Kind(
    key="order_line",
    table=order_line,
    en="Line of an order",
    plural="Lines of orders",
    zh="订单明细",
    group="quotes",
    number="id",
    title="",
    parents=(Parent("order", "order_id"),),
    order="order_id id",
    fields=(
        Field("order_id", "Order", "订单", "reference", reference="order", fixed=True, listed=True),
        Field("product_id", "Product", "产品", "reference", reference="product", fixed=True, listed=True),
        Field("qty", "Quantity", "数量", "decimal", fixed=True, listed=True),
        Field("price", "Price", "单价", "money", fixed=True, listed=True, secret="price"),
        Field("discount_pct", "Discount", "折扣", "percent", fixed=True, secret="price"),
        Field("amount", "Amount", "金额", "money", fixed=True, listed=True, secret="price"),
        Field("delivery_date", "Delivery", "交货日期", "date", required=True, listed=True),
    ),
    read=READ_ORDER,
    change=scopes(ops="all"),
    tells=ORDER_CHANGED,
)

ORDER_EXECUTION = Kind(
    key="order_execution",
    table=order_execution,
    en="Execution of an order line",
    plural="Execution of order lines",
    zh="订单执行",
    group="quotes",
    number="id",
    title="",
    parents=(Parent("order_line", "order_line_id"),),
    order="-id",
    fields=(
        Field("order_line_id", "Line", "明细", "reference", reference="order_line", fixed=True, listed=True),
        Field("ordered", "Ordered", "已订数量", "decimal", fixed=True, listed=True),
        Field("shipped", "Shipped", "已发数量", "decimal", required=True, low=0, listed=True),
        Field("invoiced", "Invoiced", "已开票数量", "decimal", required=True, low=0, listed=True),
        Field("received_amount", "Received", "已收金额", "money", required=True, low=0, listed=True, secret="price"),
        Field("next_date", "Rest expected on", "预计日期", "date", required=True, listed=True),
        Field("late", "Late", "延误", "boolean", fixed=True, listed=True),
        Field("state", "State", "状态", "choice", choices=LINE_STATES, fixed=True, listed=True),
        Field("delay_cause", "Cause of the delay", "延误原因", "long_text", fixed=True),
        Field("customer_informed", "Customer knows", "已告知客户", "boolean", fixed=True),
        Field("refreshed_at", "Refreshed", "刷新时间", "moment", fixed=True),
    ),
    read=READ_ORDER,
    change=scopes(ops="all"),
    tells=ORDER_CHANGED,
)
