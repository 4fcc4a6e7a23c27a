// Draws a chart that answers, with Vega alone: the charts are compiled when the page is made. Vega would turn a chart's
// expressions into code, which the page's policy forbids; here their syntax trees are walked instead.
(() => {
  "use strict";
  const vega = window.briefingVega;
  const constants = {
    NaN, E: Math.E, LN2: Math.LN2, LN10: Math.LN10, LOG2E: Math.LOG2E, LOG10E: Math.LOG10E, PI: Math.PI,
    SQRT1_2: Math.SQRT1_2, SQRT2: Math.SQRT2, MIN_VALUE: Number.MIN_VALUE, MAX_VALUE: Number.MAX_VALUE,
  };
  const names = ["abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "exp", "floor", "hypot", "log", "max", "min", "pow",
    "random", "round", "sin", "sqrt", "tan"];
  const parts = { date: "Date", day: "Day", year: "FullYear", month: "Month", hours: "Hours", minutes: "Minutes",
    seconds: "Seconds", milliseconds: "Milliseconds" };
  const own = {
    ...Object.fromEntries(names.map((name) => [name, Math[name]])),
    ...Object.fromEntries(Object.entries(parts).flatMap(([name, part]) => [
      [name, (day) => new Date(day)["get" + part]()], ["utc" + name, (day) => new Date(day)["getUTC" + part]()],
    ])),
    isNaN: Number.isNaN, isFinite: Number.isFinite, parseFloat, parseInt, now: Date.now, utc: Date.UTC,
    clamp: (value, low, high) => Math.max(low, Math.min(high, value)),
    datetime: (...given) => new Date(...given),
    time: (day) => new Date(day).getTime(),
    timezoneoffset: (day) => new Date(day).getTimezoneOffset(),
    length: (list) => list.length,
    join: (list, mark) => list.join(mark),
    indexof: (list, value) => list.indexOf(value),
    lastindexof: (list, value) => list.lastIndexOf(value),
    slice: (list, from, to) => list.slice(from, to),
    reverse: (list) => [...list].reverse(),
    sort: (list) => [...list].sort(vega.ascending),
    upper: (text) => String(text).toUpperCase(),
    lower: (text) => String(text).toLowerCase(),
    substring: (text, from, to) => String(text).substring(from, to),
    split: (text, mark) => String(text).split(mark),
    replace: (text, what, by) => String(text).replace(what, by),
    trim: (text) => String(text).trim(),
    regexp: (what, flags) => new RegExp(what, flags),
    test: (what, text) => new RegExp(what).test(text),
  };
  const binary = {
    "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "%": (a, b) => a % b,
    "|": (a, b) => a | b, "&": (a, b) => a & b, "^": (a, b) => a ^ b, "<<": (a, b) => a << b, ">>": (a, b) => a >> b,
    ">>>": (a, b) => a >>> b, "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
    "==": (a, b) => a == b, "!=": (a, b) => a != b, "===": (a, b) => a === b, "!==": (a, b) => a !== b,
  };
  const unary = { "-": (a) => -a, "+": (a) => +a, "!": (a) => !a, "~": (a) => ~a };
  const isData = (value) => typeof value !== "function";
  const keyOf = (node, at) => (node.type === "Identifier" ? node.name : walk(node, at));
  const nodes = {
    Literal: (node) => node.value,
    Identifier: ({ name }, at) =>
      name === "datum" || name === "event" || name === "item" ? at[name] : name in constants ? constants[name] : at.params["$" + name],
    MemberExpression: (node, at) => {
      const of = walk(node.object, at);
      const found = of[node.computed ? walk(node.property, at) : keyOf(node.property, at)];
      return isData(found) ? found : undefined; // an expression reaches data, never code
    },
    CallExpression: (node, at) => {
      const name = node.callee.name.replace(/^_/, "");
      const given = node.arguments;
      if (name === "if") return walk(given[walk(given[0], at) ? 1 : 2], at);
      const call = Object.hasOwn(own, name) ? own[name] : at.functions[name];
      return call.apply(at.functions, given.map((one) => walk(one, at)));
    },
    ArrayExpression: (node, at) => node.elements.map((one) => walk(one, at)),
    ObjectExpression: (node, at) =>
      Object.fromEntries(node.properties.map((one) => [keyOf(one.key, at), walk(one.value, at)])),
    BinaryExpression: (node, at) => binary[node.operator](walk(node.left, at), walk(node.right, at)),
    UnaryExpression: (node, at) => unary[node.operator](walk(node.argument, at)),
    ConditionalExpression: (node, at) => walk(walk(node.test, at) ? node.consequent : node.alternate, at),
    LogicalExpression: (node, at) => {
      const left = walk(node.left, at);
      return (node.operator === "&&") === Boolean(left) ? walk(node.right, at) : left;
    },
  };
  const walk = (node, at) => nodes[node.type](node, at);

  // Where a mark has two of its edges, its size follows; `low` is x or y, `size` width or height.
  const settle = (item, given, swap, low, size) => {
    const high = low + "2";
    const middle = low + "c";
    if (given[high]) {
      if (!given[low]) item[low] = item[high] - (item[size] || 0);
      else {
        if (swap && item[low] > item[high]) [item[low], item[high]] = [item[high], item[low]];
        item[size] = item[high] - item[low];
      }
    }
    if (given[middle]) item[low] = item[middle] - (item[size] || 0) / 2;
  };
  const interpreter = {
    operator: ({ functions }, { ast }) => (params) => walk(ast, { functions, params }),
    parameter: ({ functions }, { ast }) => (datum, params) => walk(ast, { functions, params, datum }),
    event: ({ functions }, { ast }) => (event) => walk(ast, { functions, event, params: {} }),
    handler: ({ functions }, { ast }) => (params, event) =>
      walk(ast, { functions, params, event, datum: event.item && event.item.datum }),
    encode: ({ functions }, { marktype, channels }) => {
      const swap = marktype === "group" || marktype === "image" || marktype === "rect";
      const pairs = Object.entries(channels);
      return (item, params) => {
        const at = { functions, params, item, datum: item.datum };
        let changed = 0;
        for (const [name, { ast }] of pairs) {
          const value = walk(ast, at);
          if (item[name] !== value) {
            item[name] = value;
            changed = 1;
          }
        }
        if (marktype !== "rule") {
          settle(item, channels, swap, "x", "width");
          settle(item, channels, swap, "y", "height");
        }
        return changed;
      };
    },
  };

  window.briefingDraw = (place, spec, tooltip) => {
    const runtime = vega.parse(spec, {}, { ast: true });
    const loader = vega.loader({ http: false, file: false });
    const view = new vega.View(runtime, { expr: interpreter, renderer: "svg", logLevel: vega.Error, loader, tooltip });
    return view.initialize(place).runAsync();
  };
})();
