"""The small pictures, each on a grid of its own: tasks 16 by 16, events 20, gateways 24, markers and star 14."""

from __future__ import annotations

TASKS = {
    "userTask": "M8 1.5a3.2 3.2 0 1 0 .01 0zM2 14.5v-2.2c0-2 1.7-3.4 3.8-3.4h4.4c2.1 0 3.8 1.4 3.8 3.4v2.2z",
    "manualTask": "M1.5 7.5l4-4.5h6c1.4 0 1.4 2 0 2H8.5h5c1.4 0 1.4 2 0 2h-.6c1.3 0 1.3 2 0 2h-.8"
    "c1.2 0 1.2 2 0 2h-.9c1 0 1 1.8-.2 1.8H5l-3.5-1.3z",
    "serviceTask": "M8 5.3a2.7 2.7 0 1 0 .01 0zM6.8 1.2h2.4l.4 1.9 1.5.7 1.7-1.1 1.7 1.7-1.1 1.7"
    " .7 1.5 1.9.4v2.4l-1.9.4-.7 1.4 1.1 1.7-1.7 1.7-1.7-1.1-1.5.7-.4 1.8H6.8l-.4-1.8-1.5-.7"
    "-1.7 1.1-1.7-1.7 1.1-1.7-.7-1.4-1.8-.4V7.6l1.8-.4.7-1.5L1.5 4l1.7-1.7 1.7 1.1 1.5-.7z",
    "scriptTask": "M4 1.5h9.5c-2.6 2.1-2.6 4.2-.8 6.5 1.8 2.3 1.8 4.4-.8 6.5H2.5c2.6-2.1 2.6-4.2.8-6.5"
    "S1.5 3.6 4 1.5zM5 4.7h5.5M5.8 8h5.2M6.5 11.3h5",
    "businessRuleTask": "M1.5 2.5h13v11h-13zM1.5 6.2h13M1.5 9.8h13M5.6 6.2v7.3",
    "sendTask": "M1.5 3.5h13v9h-13zM1.5 3.5l6.5 5 6.5-5",
    "receiveTask": "M1.5 3.5h13v9h-13zM1.5 3.5l6.5 5 6.5-5",
}

EVENTS = {
    "message": "M3 5.5h14v9H3zM3 5.5l7 5.2 7-5.2",
    "timer": "M10 2.5a7.5 7.5 0 1 0 .01 0zM10 5.5V10l3.2 2.2M10 2.5v1.4M10 16.1v1.4M2.5 10h1.4M16.1 10h1.4",
    "error": "M3.5 16.5l3-12 5 6.5 4.5-8-2.7 12.5-4.8-6.3z",
    "escalation": "M10 2.8l5 13.4-5-5.2-5 5.2z",
    "signal": "M10 3.5l7 11.5H3z",
    "link": "M3 7.8h7.5V4.5L17 10l-6.5 5.5v-3.3H3z",
    "cancel": "M5.8 3.8L10 8l4.2-4.2 2 2L12 10l4.2 4.2-2 2L10 12l-4.2 4.2-2-2L8 10 3.8 5.8z",
    "compensate": "M9.5 5v10L3 10zM16.5 5v10L10 10z",
    "conditional": "M5 3h10v14H5zM7 6.5h6M7 10h6M7 13.5h6",
    "terminate": "M10 3.5a6.5 6.5 0 1 0 .01 0z",
    "multiple": "M10 3l6.7 4.9-2.6 7.8H5.9L3.3 7.9z",
}

GATEWAYS = {
    "exclusiveGateway": "M6 5l3.1 0L12 9.6 14.9 5 18 5 13.6 12 18 19 14.9 19 12 14.4 9.1 19 6 19 10.4 12z",
    "parallelGateway": "M10.5 4h3v6.5H20v3h-6.5V20h-3v-6.5H4v-3h6.5z",
    "inclusiveGateway": "M12 4.5a7.5 7.5 0 1 0 .01 0z",
    "complexGateway": "M12 3v18M3 12h18M5.6 5.6l12.8 12.8M18.4 5.6L5.6 18.4",
    "eventBasedGateway": "M12 3a9 9 0 1 0 .01 0zM12 7l5 3.6-1.9 5.8H8.9L7 10.6z",
}
FILLED_GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway"})

MARKERS = {
    "parallel": "M3 2v10M7 2v10M11 2v10",
    "sequential": "M2 3h10M2 7h10M2 11h10",
    "loop": "M4.5 11.5a5.2 5.2 0 1 1 4.5.6M4.5 11.5H2M4.5 11.5V9",
    "collapsed": "M1 1h12v12H1zM7 3.5v7M3.5 7h7",
    "adhoc": "M1.5 8.5c1.8-4 3.7-3 5.5-1.5s3.7 2 5.5-1.5",
    "compensation": "M6.5 3v8L1.5 7zM12.5 3v8L7.5 7z",
}

STAR = "M7 .6l1.9 4.2 4.6.5-3.4 3.1 1 4.5L7 10.6l-4.1 2.3 1-4.5L.5 5.3l4.6-.5z"
