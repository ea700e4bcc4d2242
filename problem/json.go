package problem

import (
	"bytes"
	"encoding/json"

	"github.com/errlingo/errlingo/catalog"
)

// document is a problem as JSON (RFC 9457, section 3). The members from code on are extensions.
type document struct {
	Type     string `json:"type,omitempty"`
	Title    string `json:"title"`
	Status   int    `json:"status,omitempty"`
	Detail   string `json:"detail,omitempty"`
	Instance string `json:"instance,omitempty"`

	Pointer string     `json:"pointer,omitempty"`
	Code    int        `json:"code"`
	Name    string     `json:"name"`
	Domain  string     `json:"domain"`
	Help    string     `json:"help,omitempty"`
	Lang    string     `json:"lang,omitempty"`
	Dir     string     `json:"dir,omitempty"`
	Retry   string     `json:"retry,omitempty"`
	Params  params     `json:"params,omitempty"`
	Errors  []document `json:"errors,omitempty"`
	Total   int        `json:"total,omitempty"`
}

// params is written as an object, in the order of the declaration.
type params []Param

// MarshalJSON implements [json.Marshaler].
func (ps params) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, p := range ps {
		value, err := json.Marshal(p.Value)
		if err != nil {
			return nil, err
		}
		b.WriteByte("{,"[min(i, 1)])
		b.WriteByte('"')
		b.WriteString(p.Name) // A param's name has nothing to escape.
		b.WriteString(`":`)
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// json returns the problem as application/problem+json.
func (p *Problem) json() []byte {
	d := p.document("")
	d.Status, d.Instance = p.Status, p.Instance()
	body, _ := json.Marshal(&d) // Texts, numbers and arguments all have a form in JSON.
	return body
}

// document returns the problem for JSON. Lang and dir are left out where they are those of the document around it.
func (p *Problem) document(around string) document {
	d := document{
		Type: p.Type, Title: p.Title.Text, Detail: p.Detail.Text,
		Pointer: p.Pointer, Code: p.Code, Name: p.Name, Domain: p.Domain, Help: p.Help.Text,
		Params: p.Params, Total: p.Total,
	}
	if lang := p.Lang(); lang != around {
		d.Lang, d.Dir = lang, p.Dir()
	}
	if p.Retry != catalog.RetryNever {
		d.Retry = p.Retry.String()
	}
	for i := range p.Errors {
		d.Errors = append(d.Errors, p.Errors[i].document(p.Lang()))
	}
	return d
}
