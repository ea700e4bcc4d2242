// Package goi18n reads the message files of go-i18n v2 in TOML, JSON and YAML, with the position of
// each message.
package goi18n

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/plural"
)

// MaxSize is the size of the largest file that is read, in bytes.
const MaxSize = 8 << 20

// RuleFile is the rule of what cannot be read as a message.
var RuleFile = diag.Rule{ID: "go-i18n", Severity: diag.Error,
	Doc: "a file of go-i18n has something that is not a message"}

// File is a message file.
type File struct {
	Name     string
	Language language.Tag
	Active   bool // its texts are translations; false for translate.*, which holds what is to be done
	Messages []Message
	Comments []string // those that belong to no message
}

// Message is a text with its plural forms.
type Message struct {
	ID          string
	Description string
	Hash        string // that of the source text, "sha1-…"; empty in the source language
	LeftDelim   string // empty for the usual delimiter
	RightDelim  string
	Forms       [plural.NumCategories]string
	Comments    []string // the lines above the message, without the marker of a comment
	At          diag.Pos
}

// Extensions returns the extensions of the files that [Read] reads.
func Extensions() []string { return []string{".toml", ".json", ".yaml", ".yml"} }

// Read reads a file. Its name says which language and format it has: active.de.toml, de.json. The
// messages that can be read are returned even if there are findings about others.
func Read(name string, src []byte) (*File, diag.List) {
	tag, err := languageOf(name)
	if err != nil {
		return nil, diag.List{RuleFile.At(name, diag.Pos{}, "its name has no language",
			"call it active.de.toml, with the language's tag in place of de")}
	}
	if len(src) > MaxSize {
		return nil, diag.List{RuleFile.At(name, diag.Pos{}, "it is larger than 8 MiB", "split it")}
	}
	var root *node
	var findings diag.List
	switch path.Ext(name) {
	case ".toml":
		root, findings = readTOML(name, src)
	case ".json":
		root, findings = readJSON(name, src)
	case ".yaml", ".yml":
		root, findings = readYAML(name, src)
	default:
		return nil, diag.List{RuleFile.At(name, diag.Pos{},
			fmt.Sprintf("%q is not a format of go-i18n", path.Ext(name)),
			"use a file called "+strings.Join(Extensions(), ", "))}
	}
	if len(findings) > 0 {
		return nil, findings
	}
	f := &File{Name: name, Language: tag, Active: !strings.HasPrefix(path.Base(name), "translate.")}
	f.Comments = root.comments
	c := collector{file: f, seen: map[string]diag.Pos{}}
	if root.isMessage() {
		c.report(root, "the file is one message without an ID",
			"go-i18n takes names such as other for fields of a message; give the message another name")
	} else {
		c.children("", root)
	}
	c.findings.Sort()
	return f, c.findings
}

// languageOf returns the language in a file's name, which is the part before the extension.
func languageOf(name string) (language.Tag, error) {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	return language.Parse(base[strings.LastIndexByte(base, '.')+1:])
}

// node is a value of a file, in any format.
type node struct {
	kind     kind
	text     string // of a text
	name     string // in the table that it is in
	at       diag.Pos
	comments []string
	children []*node
}

type kind uint8

const (
	text kind = iota
	table
	list
	other // a number, a date, true, false or null
)

// fields are the words by which go-i18n knows a message.
var fields = []string{"id", "description", "hash", "leftdelim", "rightdelim",
	"zero", "one", "two", "few", "many", "other", translation}

// isMessage reports whether a table has a field of a message. A table below a word such as "other"
// is a group of messages that is called so.
func (n *node) isMessage() bool {
	return slices.ContainsFunc(n.children, func(c *node) bool { return c.isField() })
}

func (n *node) isField() bool {
	return n.kind == text && slices.Contains(fields, strings.ToLower(n.name)) ||
		n.name == translation
}

// translation is the field of go-i18n v1 that has the text, or a table with its forms.
const translation = "translation"

type collector struct {
	file     *File
	seen     map[string]diag.Pos // where each message is
	findings diag.List
}

func (c *collector) report(n *node, text, hint string) {
	c.findings = append(c.findings, RuleFile.At(c.file.Name, n.at, text, hint))
}

// children collects the messages of a group. Those of a list have their ID in a field.
func (c *collector) children(prefix string, group *node) {
	for _, n := range group.children {
		id := prefix + n.name
		switch {
		case n.kind == text && group.kind == table:
			m := Message{ID: id, At: n.at, Comments: n.comments}
			m.Forms[plural.Other] = n.text
			c.add(n, m)
		case n.kind == table && n.isMessage():
			c.message(id, n)
		case n.kind == table && group.kind == table:
			c.file.Comments = append(c.file.Comments, n.comments...)
			c.children(id+".", n)
		case n.kind == list && group.kind == table && prefix == "" && n.name == "":
			c.children("", n)
		default:
			c.report(n, fmt.Sprintf("%q is not a message", id), "make it a text, or remove it")
		}
	}
}

// message collects a table with fields.
func (c *collector) message(id string, n *node) {
	m := Message{ID: id, At: n.at, Comments: n.comments}
	c.fields(&m, n)
	c.add(n, m)
}

// fields reads the fields in a table.
func (c *collector) fields(m *Message, n *node) {
	for _, field := range n.children {
		if !field.isField() {
			c.report(field, fmt.Sprintf("%q is not a field of the message %q", field.name, m.ID),
				"move it out of the message's table")
			continue
		}
		switch name := strings.ToLower(field.name); name {
		case "id":
			m.ID = field.text
		case "description":
			m.Description = field.text
		case "hash":
			m.Hash = field.text
		case "leftdelim":
			m.LeftDelim = field.text
		case "rightdelim":
			m.RightDelim = field.text
		case translation:
			switch {
			case field.name != translation:
				c.report(field, fmt.Sprintf("go-i18n ignores %q", field.name), "write translation")
			case field.kind == text:
				m.Forms[plural.Other] = field.text
			case field.kind == table:
				c.fields(m, field)
			default:
				c.report(field, "translation is neither a text nor a table of forms", "make it a text")
			}
		default:
			category, _ := plural.ParseCategory(name)
			m.Forms[category] = field.text
		}
		m.Comments = append(m.Comments, field.comments...)
	}
}

// add collects a message, unless it has no ID or that of another one.
func (c *collector) add(n *node, m Message) {
	if m.ID == "" {
		c.report(n, "a message without an ID", `add one: id = "…"`)
		return
	}
	if at, twice := c.seen[m.ID]; twice {
		c.report(n, fmt.Sprintf("the message %q is here twice, first in line %d", m.ID, at.Line),
			"remove one of the two")
		return
	}
	c.seen[m.ID] = n.at
	c.file.Messages = append(c.file.Messages, m)
}

// IsMessageFile reports whether a file is called as go-i18n calls its files: active.de.toml,
// translate.de.toml or de.toml.
func IsMessageFile(name string) bool {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if !slices.Contains(Extensions(), path.Ext(name)) {
		return false
	}
	if kind, tag, two := strings.Cut(stem, "."); two {
		if kind != "active" && kind != "translate" {
			return false
		}
		stem = tag
	}
	_, err := language.Parse(stem)
	return err == nil
}
