#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Hold every line that tcphs prints with --json against docs/schema/tcphs.schema.json.

usage: validate.py TCPHS SCHEMA CAPTURE...

Run are list, show, check, stats and isn on each capture, and on all of them at once. The check
is our own, of the part of JSON Schema that the schema uses, so that it needs nothing beyond
Python; where the jsonschema module is installed a sample is held against that one as well.
"""
import json
import re
import subprocess
import sys

SAMPLE = 200  # lines that jsonschema looks at too; it is slow


def is_type(value, name):
    if name == "null":
        return value is None
    if name == "boolean":
        return isinstance(value, bool)
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, {"string": str, "array": list, "object": dict}[name])


KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "type", "enum", "const", "anyOf", "oneOf",
    "minimum", "maximum", "pattern", "minLength", "items", "minItems", "maxItems", "properties",
    "required", "additionalProperties", "propertyNames",
}


def fault(root, schema, value, where):
    """None, or what is wrong with the value and where."""
    unknown = set(schema) - KNOWN
    if unknown:
        return "%s: the schema uses %s, which this check does not know" % (where, unknown)
    if "$ref" in schema:
        return fault(root, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, where)
    if "type" in schema and not is_type(value, schema["type"]):
        return "%s: %r is no %s" % (where, value, schema["type"])
    if "const" in schema and (value != schema["const"] or type(value) is not type(schema["const"])):
        return "%s: %r is not %r" % (where, value, schema["const"])
    if "enum" in schema and value not in schema["enum"]:
        return "%s: %r is none of %r" % (where, value, schema["enum"])
    for key, fits in (("anyOf", lambda n: n >= 1), ("oneOf", lambda n: n == 1)):
        if key in schema:
            faults = [fault(root, s, value, where) for s in schema[key]]
            if not fits(faults.count(None)):
                return "%s: fits %d of %s; %s" % (where, faults.count(None), key, faults)
    if isinstance(value, (int, float)):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            return "%s: %r is out of range" % (where, value)
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            return "%s: too short" % where
        if not re.search(schema.get("pattern", ""), value):
            return "%s: %r does not match %s" % (where, value, schema["pattern"])
    if isinstance(value, list):
        return fault_list(root, schema, value, where)
    if isinstance(value, dict):
        return fault_object(root, schema, value, where)
    return None


def fault_list(root, schema, value, where):
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return "%s: %d items" % (where, len(value))
    for i, item in enumerate(value):
        wrong = fault(root, schema.get("items", {}), item, "%s[%d]" % (where, i))
        if wrong:
            return wrong
    return None


def fault_object(root, schema, value, where):
    for key in schema.get("required", []):
        if key not in value:
            return "%s: %s is missing" % (where, key)
    order = [k for k in schema.get("properties", {}) if k in value]
    if order != [k for k in value if k in order]:
        return "%s: the keys come as %s" % (where, list(value))
    for key, item in value.items():
        if "propertyNames" in schema and fault(root, schema["propertyNames"], key, where):
            return "%s: the key %s" % (where, key)
        inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
        if inner is False:
            return "%s: %s is not in the schema" % (where, key)
        wrong = fault(root, inner, item, "%s.%s" % (where, key))
        if wrong:
            return wrong
    return None


def pairs_once(pairs):
    keys = [k for k, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a key stands twice: %s" % keys)
    return dict(pairs)


def record_schema(root, record):
    name = str(record.get("record")).split("/")[0]
    return root["$defs"].get(name)


def other_check(root):
    try:
        import jsonschema
    except ImportError:
        print("# no jsonschema module: only the check of our own")
        return lambda record: None
    validator = jsonschema.validators.validator_for(root)
    validator.check_schema(root)
    return validator(root).validate


def check_lines(root, other, name, lines):
    wrong = 0
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line, object_pairs_hook=pairs_once)
            schema = record_schema(root, record)
            what = fault(root, schema, record, "$") if schema else "no such record"
            if not what and number <= SAMPLE:
                other(record)
        except Exception as error:  # whatever it is, the line is not as it should be
            what = str(error).splitlines()[0]
        if what:
            wrong += 1
            if wrong <= 3:
                print("%s: line %d: %s\n    %.300s" % (name, number, what, line))
    return wrong


def selftest(root):
    """The check must be able to fail: records that are almost right."""
    good = {"record": "diagnosis/1", "connection": 1, "packet": [2, 17], "code": "syn-retx",
            "severity": "note", "expected": None, "got": 4294967295, "rfc": "9293",
            "section": "3.8.1", "text": "again"}
    bad = [{"connection": 0}, {"packet": 0}, {"packet": [1]}, {"packet": True}, {"code": "SYN"},
           {"severity": "fatal"}, {"got": 4294967296}, {"got": 1.5}, {"text": ""}, {"more": 1}]
    assert fault(root, root["$defs"]["diagnosis"], good, "$") is None
    for change in bad:
        assert fault(root, root["$defs"]["diagnosis"], dict(good, **change), "$"), change
    for key in good:
        less = {k: v for k, v in good.items() if k != key}
        assert fault(root, root["$defs"]["diagnosis"], less, "$"), key


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, captures = sys.argv[1], sys.argv[3:]
    with open(sys.argv[2], encoding="utf-8") as file:
        root = json.load(file)
    selftest(root)
    other = other_check(root)
    wrong = lines = 0
    runs = [[c] for c in captures] + [captures]
    for verb in ("list", "show", "check", "stats", "isn"):
        for paths in runs:
            run = subprocess.run([program, verb, "--json", "-q"] + paths, stdout=subprocess.PIPE)
            name = "%s %s" % (verb, paths[0] if len(paths) == 1 else "all at once")
            if run.returncode not in (0, 1, 3):
                print("%s: exit code %d" % (name, run.returncode))
                wrong += 1
            text = run.stdout.decode("utf-8").splitlines()
            lines += len(text)
            wrong += check_lines(root, other, name, text)
    run = subprocess.run([program, "interfaces", "--json"], stdout=subprocess.PIPE)
    wrong += check_lines(root, other, "interfaces", run.stdout.decode("utf-8").splitlines())
    print("%d lines, %d not as the schema says" % (lines, wrong))
    sys.exit(1 if wrong or not lines else 0)


main()
