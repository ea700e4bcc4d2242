// Package openapi describes the errors of domains as components of an OpenAPI document, and as a
// JSON Schema.
package openapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/plural"
)

// Domain is a domain with an example of an answer for each of its codes that are answered.
type Domain struct {
	*model.Domain
	Example func(c *model.Code) json.RawMessage
}

// Versions are the versions of OpenAPI that [Document] knows, the default first.
func Versions() []string { return []string{"3.1", "3.2"} }

// patches are the versions of the specification that documents name.
var patches = map[string]string{"3.1": "3.1.1", "3.2": "3.2.0"}

// object is a JSON object, whose members are sorted when it is written.
type object = map[string]any

const (
	base           = "Problem" // the schema of all answers
	audienceReader = 1 | 2     // end users and developers
)

// answered returns the codes that readers get. Other codes are nobody's business.
func (d *Domain) answered() []*model.Code {
	var codes []*model.Code
	for i := range d.Codes {
		c := &d.Codes[i]
		if c.ShownAs == nil && (c.Audience == 0 || c.Audience&audienceReader != 0) {
			codes = append(codes, c)
		}
	}
	return codes
}

// key returns the name of a code's components.
func (d *Domain) key(c *model.Code) string { return d.Name + "." + c.Name }

// Document returns an OpenAPI document of the version that has only components: for each code a
// schema and an example, and for each status a response with all of its codes.
func Document(domains []Domain, version string) ([]byte, error) {
	schemas, examples, responses := schemas(domains, "#/components/schemas/"), object{}, object{}
	byStatus := map[int]*response{}
	for i := range domains {
		d := &domains[i]
		for _, c := range d.answered() {
			examples[d.key(c)] = object{"summary": c.Texts[model.Title].Forms[plural.Other],
				"value": d.Example(c)}
			status := c.HTTP
			if status == 0 {
				status = http.StatusInternalServerError
			}
			if byStatus[status] == nil {
				byStatus[status] = &response{}
			}
			byStatus[status].add(d.key(c), c)
		}
	}
	for status, r := range byStatus {
		name := base + strconv.Itoa(status)
		schemas[name] = object{"oneOf": r.schemas}
		responses[name] = r.component(status, name)
	}
	return write(object{
		"openapi":    patches[version],
		"info":       object{"title": "Errors", "version": "1"},
		"paths":      object{},
		"components": object{"schemas": schemas, "examples": examples, "responses": responses},
	})
}

// response collects the codes with a status.
type response struct {
	schemas  []object
	examples object
	waits    bool // whether Retry-After may be there
}

func (r *response) add(key string, c *model.Code) {
	const retryAfter = 2
	if r.examples == nil {
		r.examples = object{}
	}
	r.schemas = append(r.schemas, object{"$ref": "#/components/schemas/" + key})
	r.examples[key] = object{"$ref": "#/components/examples/" + key}
	r.waits = r.waits || c.Retry == retryAfter
}

func (r *response) component(status int, schema string) object {
	text := object{"type": "string"}
	headers := object{"Content-Language": object{"description": "the languages of the texts",
		"schema": text}}
	if r.waits {
		headers["Retry-After"] = object{"description": "how many seconds to wait before another try",
			"schema": object{"type": "integer", "minimum": 0}}
	}
	what := http.StatusText(status)
	if what == "" {
		what = "Status " + strconv.Itoa(status)
	}
	return object{"description": what, "headers": headers,
		"content": object{"application/problem+json": object{
			"schema": object{"$ref": "#/components/schemas/" + schema}, "examples": r.examples}}}
}

// Schema returns a JSON Schema (draft 2020-12) of all answers with the codes of the domains.
func Schema(domains []Domain) ([]byte, error) {
	all := schemas(domains, "#/$defs/")
	var one []object
	for i := range domains {
		for _, c := range domains[i].answered() {
			one = append(one, object{"$ref": "#/$defs/" + domains[i].key(c)})
		}
	}
	return write(object{"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title": "Errors", "oneOf": one, "$defs": all})
}

func write(document object) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(document)
	return b.Bytes(), err
}

// schemas returns the schema of all answers and one for each code. Refs begin with the prefix.
func schemas(domains []Domain, prefix string) object {
	all := object{base: problem(prefix)}
	for i := range domains {
		d := &domains[i]
		for _, c := range d.answered() {
			all[d.key(c)] = code(d, c, prefix)
		}
	}
	return all
}

// problem returns the schema of all answers, with the members of docs/wire-format.md. Members that
// it does not know are allowed.
func problem(prefix string) object {
	text := object{"type": "string", "minLength": 1}
	uri := object{"type": "string", "format": "uri-reference"}
	return object{
		"type":        "object",
		"description": "An error as a problem document (RFC 9457)",
		"required":    []string{"title", "code", "name", "domain", "action"},
		"properties": object{
			"type": uri, "title": text, "detail": text, "help": text, "instance": uri,
			"status":  object{"type": "integer", "minimum": 207, "maximum": 599},
			"pointer": object{"type": "string", "pattern": "^#(/.*)?$"},
			"code":    object{"type": "integer"}, "name": text, "domain": text,
			"lang": text, "dir": object{"enum": []string{"ltr", "rtl"}},
			"retry":     object{"enum": []string{"backoff", "after", "once"}},
			"action":    object{"enum": []string{"contact", "fix", "retry", "sign-in", "none"}},
			"params":    object{"type": "object"},
			"truncated": object{"type": "array", "items": text},
			"errors":    object{"type": "array", "maxItems": 100, "items": object{"$ref": prefix + base}},
			"total":     object{"type": "integer", "minimum": 1},
		},
	}
}

// code returns the schema of the answers with a code. The status is not part of it: a program may
// answer with another one.
func code(d *Domain, c *model.Code, prefix string) object {
	properties := object{
		"code": object{"const": c.Number}, "name": object{"const": c.Name},
		"domain": object{"const": d.Name},
	}
	if uri := d.TypeURI(c.Name); uri != "" {
		properties["type"] = object{"const": uri}
	}
	params := object{}
	for i := range c.Params {
		if p := &c.Params[i]; p.Public && !p.Sensitive {
			params[naming.LowerCamel(p.Name)] = param(p)
		}
	}
	if len(params) > 0 {
		properties["params"] = object{"type": "object", "properties": params}
	}
	description := strings.TrimSpace(c.Doc)
	if c.Deprecated != "" {
		description = strings.TrimSpace(fmt.Sprintf("%s\n\nDeprecated: %s", description, c.Deprecated))
	}
	schema := object{"allOf": []object{{"$ref": prefix + base}, {"type": "object",
		"properties": properties}}}
	if description != "" {
		schema["description"] = description
	}
	if c.Deprecated != "" {
		schema["deprecated"] = true
	}
	return schema
}

// param returns the schema of a public argument. A list of money, say, has items of that kind.
func param(p *model.Param) object {
	if p.IsList() {
		return object{"type": "array", "maxItems": format.MaxList,
			"items": value(strings.TrimSuffix(p.Kind, model.ListOf("")))}
	}
	return value(p.Kind)
}

// value returns the schema of a value of a kind.
func value(kind string) object {
	date := object{"type": "string", "format": "date"}
	switch format.ParseKind(kind) {
	case format.Int, format.Bytes:
		return object{"type": "integer"}
	case format.Number, format.Percent:
		return object{"type": []string{"number", "string"}} // a decimal is a string
	case format.Duration, format.RelativeTime:
		return object{"type": "number", "description": "in seconds"}
	case format.Time:
		return object{"type": "string", "format": "date-time"}
	case format.Date:
		return date
	case format.DateRange:
		return object{"type": "object", "required": []string{"from", "to"},
			"properties": object{"from": date, "to": date}}
	case format.Money:
		text := object{"type": "string"}
		return object{"type": "object", "required": []string{"amount", "currency"},
			"properties": object{"amount": text, "currency": text}}
	case format.None:
		return object{}
	}
	return object{"type": "string"}
}
