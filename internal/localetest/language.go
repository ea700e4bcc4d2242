package localetest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
)

// scripts are the scripts that a language is written in, by the script that its tag implies.
var scripts = map[string][]*unicode.RangeTable{
	"Arab": {unicode.Arabic},
	"Cyrl": {unicode.Cyrillic},
	"Deva": {unicode.Devanagari},
	"Hans": {unicode.Han},
	"Hant": {unicode.Han},
	"Hebr": {unicode.Hebrew},
	"Jpan": {unicode.Han, unicode.Hiragana, unicode.Katakana},
	"Kore": {unicode.Hangul},
	"Latn": {unicode.Latin},
}

// universal are words that are the same in every language, besides those with a capital letter
// inside, such as JSON and Content-Type.
var universal = strings.Fields("Apple Facebook Google Microsoft name@example.com")

// english are common English words that no other language in Latin letters has.
var english = strings.Fields("the this that these your you yours and with without again " +
	"which what when is isn’t wasn’t can’t couldn’t don’t doesn’t didn’t hasn’t haven’t won’t " +
	"we’re we’ve please enter choose try was were been has have must should would could wait " +
	"another something nothing too many much from into onto only more than they their there here not")

// foreign are the exceptions, by language.
var foreign = map[string]string{
	"de": "was",
	"es": "has",
	"nl": "is was",
	"tr": "not",
}

// simplified and traditional are characters that only one of the two ways to write Chinese has, in
// pairs.
const (
	simplified  = "这们个时间问题无请输页码错误认证试达连网络应该务库类级续访权账删说给过还进运选择传载对象标准发关闭"
	traditional = "這們個時間問題無請輸頁碼錯誤認證試達連網絡應該務庫類級續訪權賬刪說給過還進運選擇傳載對象標準發關閉"
)

// latin is a word in Latin letters, or what is written as one, such as name@example.com.
var latin = regexp.MustCompile(`[\p{Latin}\d][\p{Latin}\p{Mn}\d@./_’-]*`)

// language checks that no other language is left in a text.
func (f *file) language(m *model.Message, entry *localefile.Entry) {
	for _, form := range entry.Forms {
		text := own(form.Text)
		for _, word := range latin.FindAllString(text, -1) {
			if f.isForeign(strings.TrimRight(word, ".-/’")) {
				f.t.Errorf("%v has %q, which is not in the language: %s", m.ID, word, form.Text)
			}
		}
		script := locale.Of(f.Tag).WrittenIn()
		alphabet := append(scripts[script], unicode.Common, unicode.Latin)
		for _, r := range text {
			if unicode.IsLetter(r) && !unicode.In(r, alphabet...) ||
				strings.ContainsRune(otherChinese(script), r) {
				f.t.Errorf("%v has %q, which is not in the script of the language: %s", m.ID, r, form.Text)
			}
		}
	}
}

// borrowed are words in Latin letters that languages in other scripts use, by language.
var borrowed = map[string]string{
	"ru": "push",
	"uk": "push",
	"zh": "false socket true",
}

// isForeign reports whether a word in Latin letters is not one of the language.
func (f *file) isForeign(word string) bool {
	id := locale.Of(f.Tag)
	switch {
	case slices.Contains(universal, word), !strings.ContainsFunc(word, unicode.IsLetter):
		return false
	case utf8.RuneCountInString(word) == 1, strings.ContainsFunc(word[1:], unicode.IsUpper):
		return false
	}
	word = strings.ToLower(word)
	if id.WrittenIn() != "Latn" {
		return !slices.Contains(strings.Fields(borrowed[id.Language]), word)
	}
	return id.Language != "en" && slices.Contains(english, word) &&
		!slices.Contains(strings.Fields(foreign[id.Language]), word)
}

// otherChinese returns characters that a script of Chinese doesn't have.
func otherChinese(script string) string {
	is, other := simplified, traditional
	switch script {
	case "Hans":
		is, other = other, is
	case "Hant":
	default:
		return ""
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(other, r) {
			return -1 // both have it
		}
		return r
	}, is)
}

// isolated is what one isolate encloses, inside which there is no other.
var isolated = regexp.MustCompile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")

// leak returns what runs against the text and could turn what is beside it, since it isn't
// isolated, or an isolate that is not closed. It returns "" if there is nothing.
func (f *file) leak(text string) string {
	for isolated.MatchString(text) {
		text = isolated.ReplaceAllString(text, "")
	}
	if i := strings.IndexAny(text, "\u2066\u2067\u2068\u2069"); i >= 0 {
		return text[i:]
	}
	if locale.RightToLeft(f.Tag) {
		for _, word := range latin.FindAllString(text, -1) {
			if f.isForeign(strings.TrimRight(word, ".-/’")) {
				return word
			}
		}
		return ""
	}
	if i := strings.IndexFunc(text, isRightToLeft); i >= 0 {
		return text[i:]
	}
	return ""
}

func isRightToLeft(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }
