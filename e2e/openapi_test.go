package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// described are the examples, and the packages whose codes each of them answers with.
var described = []struct {
	name, dir string // of the module
	tests     string
	packages  []string
}{
	{"shop", "..", "./examples/shop", nil},
	{"booking", "../examples/booking", ".", []string{
		".", "github.com/errlingo/errlingo/catalog/codes", "github.com/errlingo/errlingo/catalog/rules",
	}},
	{"frameworks", "../examples/frameworks", ".", nil}, // its codes are those of the shop
}

// TestExportedContracts has two validators check the OpenAPI documents of the examples, and checks every
// answer in the examples' own tests by the OpenAPI schema of its code and by the JSON Schema.
//
// The npm packages of the validators are in the folder that ERRLINGO_OPENAPI names; .ci/tools installs
// them.
func TestExportedContracts(t *testing.T) {
	validators := os.Getenv("ERRLINGO_OPENAPI")
	if validators == "" {
		t.Skip("ERRLINGO_OPENAPI does not name the folder with the validators")
	}
	extract := filepath.Join(t.TempDir(), "extract")
	run(t, "..", nil, "go", "build", "-o", extract, "./cmd/extract")
	codes := 0
	for _, example := range described {
		t.Run(example.name, func(t *testing.T) {
			dir, packages := example.dir, example.packages
			if example.name == "frameworks" {
				dir = ".."
			}
			answers := filepath.Join(t.TempDir(), "answers")
			run(t, example.dir, []string{"ERRLINGO_ANSWERS=" + answers}, "go", "test", "-count=1", example.tests)
			contract := run(t, dir, nil, extract, append([]string{"export", "jsonschema"}, packages...)...)
			checkAnswers(t, answers, contract, "", &codes)
			for _, version := range []string{"3.1", "3.2"} {
				document := run(t, dir, nil, extract,
					append([]string{"export", "openapi", "--openapi", version}, packages...)...)
				checkAnswers(t, answers, document, "#/components/schemas/", &codes)
				name := filepath.Join(t.TempDir(), "openapi.json")
				if err := os.WriteFile(name, document, 0o666); err != nil {
					t.Fatal(err)
				}
				config, err := filepath.Abs("testdata/redocly.yaml")
				if err != nil {
					t.Fatal(err)
				}
				run(t, ".", []string{"REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true"},
					filepath.Join(validators, "node_modules/.bin/redocly"), "lint", "--config", config, name)
				run(t, ".", nil, "node", "testdata/openapi.mjs", validators, name)
			}
		})
	}
	if codes < 100 {
		t.Errorf("only %d answers had a schema of their own code", codes)
	}
}

// run runs a program and returns its output.
func run(t *testing.T, dir string, env []string, program string, args ...string) []byte {
	t.Helper()
	command := exec.Command(program, args...)
	command.Dir = dir
	command.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", program, args, err, out, &stderr)
	}
	return out
}

// checkAnswers checks the recorded answers, one in a line. With a prefix, each is checked by the schema
// of its code, which is there in the document; without one, all are by the document itself.
func checkAnswers(t *testing.T, file string, document []byte, prefix string, codes *int) {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("contract.json", parsed); err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*jsonschema.Schema{}
	compile := func(name string) *jsonschema.Schema {
		if schemas[name] == nil {
			schema, err := compiler.Compile("contract.json" + name)
			if err != nil {
				t.Fatal(err)
			}
			schemas[name] = schema
		}
		return schemas[name]
	}
	answers, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer answers.Close()
	lines := bufio.NewScanner(answers)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var answer map[string]any
		if err := json.Unmarshal(lines.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		name := ""
		if code := fmt.Sprintf("%v.%v", answer["domain"], answer["name"]); prefix != "" {
			name = prefix + "Problem"
			if strings.Contains(string(document), `"`+code+`": {`) {
				name = prefix + code
				*codes++
			}
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(lines.Bytes()))
		if err == nil {
			err = compile(name).Validate(value)
		}
		if err != nil {
			t.Errorf("%v\n%s", err, lines.Bytes())
		}
		if strings.HasSuffix(name, "."+fmt.Sprint(answer["name"])) {
			answer["code"] = -12345
			if compile(name).Validate(answer) == nil {
				t.Errorf("%s accepts another number", name)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
