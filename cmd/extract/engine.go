package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The limits of a program that drafts translations.
const (
	engineLimit = 10 * time.Minute // until it must have answered everything
	maxAnswer   = 256 << 10        // bytes of a line
	moreAnswers = 100              // lines that it may print besides one for each text
)

// draftRequest is what a program is asked about a text: a line of JSON.
type draftRequest struct {
	ID        string          `json:"id"`
	Source    string          `json:"source"` // the tags of the two languages
	Target    string          `json:"target"`
	Context   []string        `json:"context,omitempty"` // what a translator reads above the text
	Max       int             `json:"max,omitempty"`     // the most characters of a form
	Forms     []draftForm     `json:"forms"`
	Terms     []draftTerm     `json:"terms,omitempty"`     // of the glossary, if the text has them
	Neighbors []draftNeighbor `json:"neighbors,omitempty"` // the other texts of the code
}

// draftForm is a form to be written.
type draftForm struct {
	Form    string `json:"form"`
	Numbers string `json:"numbers,omitempty"` // of a plural: numbers that take the form
	Text    string `json:"text"`              // the source text
}

type draftTerm struct {
	Source string   `json:"source"`
	Use    []string `json:"use,omitempty"`
	Avoid  []string `json:"avoid,omitempty"`
}

type draftNeighbor struct {
	ID          string `json:"id"`
	Text        string `json:"text"`
	Translation string `json:"translation,omitempty"`
}

// draftAnswer is what it answers, likewise.
type draftAnswer struct {
	ID    string            `json:"id"`
	Forms map[string]string `json:"forms"`
	Error string            `json:"error"` // why it has no draft
}

// ask runs the program and passes each of its answers to take, until it ends. It writes the
// requests to its standard input, without waiting for answers in between. The error says what is
// wrong with the program; the answers before may still be right.
func (a *app) ask(
	ctx context.Context, command []string, requests []draftRequest, take func(draftAnswer),
) error {
	var in bytes.Buffer
	encoder := json.NewEncoder(&in)
	encoder.SetEscapeHTML(false)
	for _, r := range requests {
		if err := encoder.Encode(r); err != nil {
			return err
		}
	}
	limit := engineLimit
	if a.draftLimit > 0 {
		limit = a.draftLimit
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := a.command(limited, a.workDir(), command[0], command[1:]...)
	var complaint bounded
	cmd.Stdin, cmd.Stderr = &in, &complaint
	cmd.WaitDelay = time.Second
	endWithChildren(cmd)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return fail(fmt.Sprintf("the program %q cannot be started: %v", command[0], err), "")
	}
	fault := readAnswers(bufio.NewScanner(out), len(requests)+moreAnswers, take)
	if fault != nil {
		cancel()
	}
	err = cmd.Wait()
	_ = cmd.Cancel() // What it has started ends with it.
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case fault != nil:
		return fail("the program "+fault.Error(), "its answers before that are kept")
	case limited.Err() != nil:
		return fail(fmt.Sprintf("the program did not end within %v", limit),
			"it must end at the end of its input; --time gives it more time")
	case err != nil:
		text := fmt.Sprintf("the program failed: %v", err)
		if line := lastWord(complaint.text); line != "" {
			text += ": " + line
		}
		return fail(text, "")
	}
	return nil
}

// findProgram returns an error if there is no such program.
func (a *app) findProgram(name string) error {
	path := name
	if strings.ContainsRune(name, filepath.Separator) && !filepath.IsAbs(name) {
		path = filepath.Join(a.workDir(), name)
	}
	_, err := exec.LookPath(path)
	if fault, ok := errors.AsType[*exec.Error](err); ok {
		err = fault.Err
	}
	if err != nil {
		return fail(fmt.Sprintf("the program %q cannot be started: %v", name, err),
			"give the path of a program, such as ./translate, or install it")
	}
	return nil
}

// readAnswers reads lines of JSON, at most as many as given.
func readAnswers(lines *bufio.Scanner, most int, take func(draftAnswer)) error {
	lines.Buffer(nil, maxAnswer)
	for n := 1; lines.Scan(); n++ {
		if n > most {
			return fmt.Errorf("printed more than %d lines", most)
		}
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var answer draftAnswer
		err := json.Unmarshal(line, &answer)
		if shape, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			err = fmt.Errorf("%s may not be of the type %s", cmp.Or(shape.Field, "it"), shape.Value)
		}
		if err != nil {
			return fmt.Errorf("printed a line that is not an answer in JSON, line %d: %s", n,
				strings.TrimPrefix(err.Error(), "json: "))
		}
		take(answer)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("printed a line of more than %d KiB", maxAnswer>>10)
	}
	return nil // It was ended, which the caller reports.
}
