package goi18n

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/errlingo/errlingo/internal/diag"
)

// readYAML returns the root of a YAML file.
func readYAML(name string, src []byte) (*node, diag.List) {
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	var doc, more yaml.Node
	switch err := decoder.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return &node{kind: table}, nil
	case err != nil:
		return nil, diag.List{yamlFinding(name, err)}
	}
	if err := decoder.Decode(&more); err == nil {
		return nil, diag.List{RuleFile.At(name, diag.Pos{Line: more.Line, Column: more.Column},
			"a second document", "go-i18n reads only the first; make it a file of its own")}
	} else if !errors.Is(err, io.EOF) {
		return nil, diag.List{yamlFinding(name, err)}
	}
	root := fromYAML(doc.Content[0])
	root.comments = append(yamlComments(&doc), root.comments...)
	return root, nil
}

// yamlFinding returns the finding about a file that cannot be parsed. The line is in the error's
// text only.
func yamlFinding(name string, err error) diag.Finding {
	at := diag.Pos{}
	reason := strings.TrimPrefix(err.Error(), "yaml: ")
	if _, err := fmt.Sscanf(reason, "line %d:", &at.Line); err == nil {
		_, reason, _ = strings.Cut(reason, ": ")
	}
	return RuleFile.At(name, at, "not valid YAML: "+reason, "")
}

// fromYAML returns a value. An alias is followed to a text only, so that a small file stays small.
func fromYAML(y *yaml.Node) *node {
	n := &node{kind: other, at: diag.Pos{Line: y.Line, Column: y.Column}}
	n.comments = yamlComments(y)
	if y.Kind == yaml.AliasNode && y.Alias.Kind == yaml.ScalarNode {
		y = y.Alias
	}
	switch y.Kind {
	case yaml.ScalarNode:
		if y.ShortTag() == "!!str" {
			n.kind, n.text = text, y.Value
		}
	case yaml.SequenceNode:
		n.kind = list
		for _, element := range y.Content {
			n.children = append(n.children, fromYAML(element))
		}
	case yaml.MappingNode:
		n.kind = table
		for i := 0; i+1 < len(y.Content); i += 2 {
			key := y.Content[i]
			child := fromYAML(y.Content[i+1])
			if key.ShortTag() != "!!str" {
				child = &node{kind: other} // such as <<, which merges another table
			}
			child.name, child.at = key.Value, diag.Pos{Line: key.Line, Column: key.Column}
			child.comments = append(yamlComments(key), child.comments...)
			n.children = append(n.children, child)
		}
	}
	return n
}

// yamlComments returns the comments above, beside and below a value.
func yamlComments(y *yaml.Node) []string {
	var comments []string
	for _, block := range []string{y.HeadComment, y.LineComment, y.FootComment} {
		for line := range strings.Lines(block) {
			if line = comment(strings.TrimSpace(line)); line != "" {
				comments = append(comments, line)
			}
		}
	}
	return comments
}
