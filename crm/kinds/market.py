"""Competitors, products, prices and territories."""

from crm.kinds.kind import Choice, Field, Kind, Parent, scopes
from crm.tables import competitor, price, price_list, product, territory

READ = scopes(rep="all", mgr="all", team="all", ops="all", mkt="all", anl="all", adm="all")
KEEP = scopes(ops="all", adm="all")
PRICE_LEVELS: tuple[Choice, ...] = (
    ("below", "Below ours", "低于我方"),
    ("equal", "Like ours", "与我方相当"),
    ("above", "Above ours", "高于我方"),
)

COMPETITOR = Kind(
    key="competitor",
    table=competitor,
    en="Competitor",
    plural="Competitors",
    zh="竞争对手",
    group="market",
    sequence="competitor",
    order="name",
    fields=(
        Field("name", "Name", "名称", required=True, listed=True),
        Field("products", "Products", "产品", "long_text", listed=True),
        Field("strengths", "Strengths", "优势", "long_text"),
        Field("weaknesses", "Weaknesses", "劣势", "long_text"),
        Field("typical_strategy", "Typical strategy", "惯用策略", "long_text"),
        Field("price_level", "Price level", "价格水平", "choice", choices=PRICE_LEVELS, listed=True),
        Field("news", "News", "动态", "long_text"),
        Field("active", "Active", "有效", "boolean", listed=True),
    ),
    read=READ,
    create=scopes(mkt="all", adm="all"),
    change=scopes(mkt="all", adm="all"),
)

PRODUCT = Kind(
    key="product",
    table=product,
    en="Product",
    plural="Products",
    zh="产品",
    group="market",
    sequence="product",
    title_zh="name_zh",
    order="number",
    fields=(
        Field("name", "Name (English)", "名称（英文）", required=True, listed=True),
        Field("name_zh", "Name (Chinese)", "名称（中文）", required=True, listed=True),
        Field("family", "Family", "产品系列", listed=True),
        Field("unit", "Unit", "单位", required=True, listed=True),
        Field("unit_cost", "Cost of a unit", "单位成本", "money", secret="margin", low=0),
        Field("active", "For sale", "在售", "boolean", listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)

PRICE_LIST = Kind(
    key="price_list",
    table=price_list,
    en="Price list",
    plural="Price lists",
    zh="价目表",
    group="market",
    sequence="price_list",
    order="-valid_from",
    fields=(
        Field("name", "Name", "名称", required=True, listed=True),
        Field("currency", "Currency", "币种", required=True, once=True, listed=True),
        Field("valid_from", "Valid from", "生效日期", "date", required=True, listed=True),
        Field("valid_to", "Valid to", "失效日期", "date", listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)

PRICE = Kind(
    key="price",
    table=price,
    en="Price",
    plural="Prices",
    zh="价格",
    group="market",
    number="id",
    title="",
    parents=(Parent("price_list", "price_list_id"),),
    order="product_id",
    removable=True,
    fields=(
        Field(
            "price_list_id",
            "Price list",
            "价目表",
            "reference",
            reference="price_list",
            required=True,
            once=True,
            listed=True,
        ),
        Field("product_id", "Product", "产品", "reference", reference="product", required=True, once=True, listed=True),
        Field("list_price", "List price", "目录价", "money", required=True, low=0, listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)

TERRITORY = Kind(
    key="territory",
    table=territory,
    en="Territory",
    plural="Territories",
    zh="销售区域",
    group="market",
    sequence="territory",
    title_zh="name_zh",
    order="number",
    fields=(
        Field("name", "Name (English)", "名称（英文）", required=True, listed=True),
        Field("name_zh", "Name (Chinese)", "名称（中文）", required=True, listed=True),
        Field("regions", "Regions", "包含地区", "long_text", listed=True),
        Field("org_unit_id", "Unit", "部门", "unit", listed=True),
        Field("manager", "Manager", "负责经理", "user", reference="mgr", listed=True),
    ),
    read=READ,
    create=KEEP,
    change=KEEP,
)
