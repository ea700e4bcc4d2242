package goi18n

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// readTOML returns the root of a TOML file.
func readTOML(name string, src []byte) (*node, diag.List) {
	doc, findings := tomldoc.Parse(name, src)
	if len(findings) > 0 {
		return nil, findings
	}
	items := doc.Items()
	tables := make([]*node, len(doc.Tables()))
	for i, t := range doc.Tables() {
		tables[i] = &node{kind: table, name: t.Name, at: diag.Pos{Line: 1, Column: 1}}
		if t.Parent < 0 {
			continue
		}
		tables[i].at = doc.Pos(items[t.Item].Span().Start)
		if t.Array {
			tables[i].kind = other
		}
		tables[t.Parent].children = append(tables[t.Parent].children, tables[i])
	}
	var above []string // the comments directly above
	root := tables[0]
	for i, item := range items {
		switch item.Kind {
		case tomldoc.Comment:
			above = append(above, comment(doc.Slice(item.Span())))
			continue
		case tomldoc.SideComment:
			root.comments = append(root.comments, comment(doc.Slice(item.Span())))
			continue
		case tomldoc.Header:
			tables[item.Table()].comments, above = above, nil
		case tomldoc.Pair:
			n := &node{kind: other, at: doc.Pos(item.Span().Start), comments: above}
			above = nil
			keys := doc.Keys(item)
			n.name = keys[len(keys)-1].Name
			switch {
			case item.Value == tomldoc.InlineTable:
				if t := slices.IndexFunc(doc.Tables(), func(t tomldoc.Table) bool {
					return t.Item == i && t.Name == n.name
				}); t >= 0 {
					tables[t].comments = n.comments
				}
				continue
			case item.Value.IsString():
				n.kind, n.text = text, doc.Text(item)
			}
			tables[item.Table()].children = append(tables[item.Table()].children, n)
		}
		root.comments = append(root.comments, above...)
		above = nil
	}
	root.comments = append(root.comments, above...)
	for _, t := range tables {
		slices.SortStableFunc(t.children, func(a, b *node) int {
			return cmp.Or(cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column))
		})
	}
	return root, nil
}

// comment returns the text of a comment.
func comment(s string) string { return strings.TrimSpace(strings.TrimPrefix(s, "#")) }
