package studio

import "github.com/errlingo/errlingo/internal/state"

// The documents that the page gets and sends. docs/studio.md describes the requests.

// projectDocument is what there is to translate.
type projectDocument struct {
	ReadOnly bool             `json:"readOnly"`
	Source   string           `json:"source"` // the source locale of the first domain
	Revision string           `json:"revision"`
	Domains  []domainDocument `json:"domains"`
	Glossary bool             `json:"glossary"`
	Fault    string           `json:"fault,omitempty"` // why newer declarations are not shown
	Recent   []textKey        `json:"recent"`          // what this session wrote, newest first
}

type domainDocument struct {
	Name    string           `json:"name"`
	Source  string           `json:"source"`
	Locales []localeDocument `json:"locales"`
}

type localeDocument struct {
	Tag        string              `json:"tag"`
	Name       string              `json:"name"`       // in English
	NativeName string              `json:"nativeName"` // in the language itself
	Dir        string              `json:"dir"`
	Characters []characterDocument `json:"characters"`      // that many keyboards lack
	Fault      string              `json:"fault,omitempty"` // why the file cannot be used
	Counts     counts              `json:"counts"`
	Words      words               `json:"words"`
}

type characterDocument struct {
	Text  string `json:"text"`
	Label string `json:"label"`
	Name  string `json:"name"`
}

// counts is how many texts of a locale are in which state. A text counts as its worst form does.
type counts struct {
	Texts int `json:"texts"`
	stateCounts
	Optional int         `json:"optional"` // missing, but need not be there; not in Texts
	Drafts   int         `json:"drafts"`
	Forms    stateCounts `json:"forms"`
	Percent  float64     `json:"percent"` // as extract status shows it
	Variant  bool        `json:"variant"` // nothing is missing in a variant, so it has no percentage
}

type stateCounts struct {
	Missing    int `json:"missing"`
	Stale      int `json:"stale"`
	Review     int `json:"review"`
	Translated int `json:"translated"`
}

// words is how many words of source text there are to translate.
type words struct {
	Missing int `json:"missing"`
	Stale   int `json:"stale"`
	Review  int `json:"review"`
}

// listDocument is a part of the list of texts.
type listDocument struct {
	Total int           `json:"total"`
	Texts []rowDocument `json:"texts"`
}

type rowDocument struct {
	ID       string `json:"id"`
	Locale   string `json:"locale"`
	Number   int    `json:"number,omitempty"`
	Code     string `json:"code,omitempty"`
	Part     string `json:"part"`
	Source   string `json:"source"`
	Target   string `json:"target"`
	State    string `json:"state"`
	Optional bool   `json:"optional,omitempty"`
	Draft    bool   `json:"draft"`
	Findings int    `json:"findings"`
	Words    int    `json:"words"`
}

// textDocument is a text with all that its translator should know.
type textDocument struct {
	Domain   string            `json:"domain"`
	Locale   string            `json:"locale"`
	ID       string            `json:"id"`
	Version  string            `json:"version"`
	Number   int               `json:"number,omitempty"`
	Code     string            `json:"code,omitempty"`
	HTTP     int               `json:"http,omitempty"`
	Part     string            `json:"part"`
	Comment  string            `json:"comment"` // the doc comment
	Label    bool              `json:"label"`
	Phrase   bool              `json:"phrase"`
	Optional bool              `json:"optional,omitempty"`
	State    string            `json:"state"`
	Source   sourceDocument    `json:"source"`
	Previous *previousDocument `json:"previous"`
	Params   []paramDocument   `json:"params"`
	Forms    []formDocument    `json:"forms"`
	Dir      string            `json:"dir"`
	Lang     string            `json:"lang"`
	Others   []otherDocument   `json:"others"`
	Similar  []similarDocument `json:"similar"`
	Terms    []termDocument    `json:"terms"`
	Comments []string          `json:"comments"`
	Max      int               `json:"maxLength"` // characters; 0 for no limit
	Findings []findingDocument `json:"findings"`
	Allowed  []allowedDocument `json:"allowed"`
	Position positionDocument  `json:"position"`
	Next     string            `json:"next,omitempty"`
	Before   string            `json:"previous_id,omitempty"`
	CanUndo  bool              `json:"canUndo"`
	File     string            `json:"file"`
	Line     int               `json:"line,omitempty"`
}

type sourceDocument struct {
	Forms []wordingDocument `json:"forms"`
}

// previousDocument is the source text that a stale translation was made from.
type previousDocument struct {
	Forms []previousForm `json:"forms"`
	Diff  []wordChange   `json:"diff"` // that of the first form that differs
}

type previousForm struct {
	wordingDocument
	Diff []wordChange `json:"diff"`
}

type wordingDocument struct {
	Category string `json:"category"`
	Text     string `json:"text"`
}

type paramDocument struct {
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	Example    string `json:"example"` // as readers of the locale see it
	Translated bool   `json:"translated"`
	Plural     bool   `json:"plural"`
	Note       string `json:"note"`
}

type formDocument struct {
	Category string         `json:"category"`
	Numbers  string         `json:"numbers"` // that take the form, "2, 3, 4, 22"
	Source   string         `json:"source"`  // the form of the source text that it translates
	Text     string         `json:"text"`
	State    string         `json:"state"`
	Draft    *draftDocument `json:"draft"`
}

type draftDocument struct {
	Text string `json:"text"`
	Tool string `json:"tool"`
}

type otherDocument struct {
	Locale string            `json:"locale"`
	Dir    string            `json:"dir"`
	Forms  []wordingDocument `json:"forms"`
}

type similarDocument struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	Target string `json:"target"`
}

type termDocument struct {
	Source string   `json:"source"`
	Use    []string `json:"use"`
	Avoid  []string `json:"avoid"`
	Note   string   `json:"note"`
}

// findingDocument is what lint says about a form. From and To count UTF-16 units, as the page does.
type findingDocument struct {
	Category string  `json:"category"` // "" if the finding is about the whole text
	From     int     `json:"from"`
	To       int     `json:"to"`
	Level    string  `json:"severity"`
	Rule     string  `json:"rule"`
	Message  string  `json:"message"`
	Hint     string  `json:"hint"`
	Fix      *string `json:"fix"` // the whole new text of the form
}

type allowedDocument struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

type positionDocument struct {
	Index int `json:"index"` // from 1; 0 for a text that the filter leaves out
	Total int `json:"total"`
}

// optionalState is the state of a text that is missing and need not be there.
const optionalState = "optional"

// stateName returns the name of a state.
func stateName(s state.State, optional bool) string {
	if optional && s == state.Missing {
		return optionalState
	}
	return s.String()
}
