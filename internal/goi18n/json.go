package goi18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/errlingo/errlingo/internal/diag"
)

// maxDepth is how deep the values of a JSON file may be nested.
const maxDepth = 100

// jsonReader reads values with their positions.
type jsonReader struct {
	*json.Decoder
	src   []byte
	lines *diag.Lines
}

// readJSON returns the root of a JSON file.
func readJSON(name string, src []byte) (*node, diag.List) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	r := jsonReader{json.NewDecoder(bytes.NewReader(src)), src, diag.NewLines(src)}
	root, err := r.value(maxDepth)
	if err == nil {
		at := r.next()
		if _, err = r.Token(); err == nil {
			return nil, diag.List{RuleFile.At(name, at, "something follows the end of the object",
				"remove it")}
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil {
		offset := int(r.InputOffset())
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			offset = int(syntax.Offset)
		}
		return nil, diag.List{RuleFile.At(name, r.lines.At(min(offset, len(src))),
			"not valid JSON: "+err.Error(), "")}
	}
	return root, nil
}

// next returns the position of the next token.
func (r *jsonReader) next() diag.Pos {
	offset := int(r.InputOffset())
	for offset < len(r.src) && bytes.IndexByte([]byte(" \t\r\n,:"), r.src[offset]) >= 0 {
		offset++
	}
	return r.lines.At(offset)
}

// value reads the next value.
func (r *jsonReader) value(depth int) (*node, error) {
	if depth == 0 {
		return nil, fmt.Errorf("values are nested more than %d deep", maxDepth)
	}
	n := &node{kind: other, at: r.next()}
	token, err := r.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case string:
		n.kind, n.text = text, token
	case json.Delim:
		n.kind = list
		if token == '{' {
			n.kind = table
		}
		for r.More() {
			child, err := r.child(n.kind, depth)
			if err != nil {
				return nil, err
			}
			n.children = append(n.children, child)
		}
		_, err = r.Token() // the end of the list or the table
	}
	return n, err
}

// child reads the next value of a list or a table. In a table, its position is that of its name.
func (r *jsonReader) child(of kind, depth int) (*node, error) {
	if of == list {
		return r.value(depth - 1)
	}
	at := r.next()
	name, err := r.Token()
	if err != nil {
		return nil, err
	}
	n, err := r.value(depth - 1)
	if err != nil {
		return nil, err
	}
	n.name, _ = name.(string)
	n.at = at
	return n, nil
}
