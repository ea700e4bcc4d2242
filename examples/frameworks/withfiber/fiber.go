// Package withfiber is the recipe for github.com/gofiber/fiber.
package withfiber

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v3"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/examples/frameworks/orders"
	"github.com/errlingo/errlingo/problem"
)

// New returns the service. All that fails is answered by the responder.
func New(respond *problem.Responder) *fiber.App {
	app := fiber.New(fiber.Config{
		BodyLimit:       64 << 10,
		StructValidator: orders.Validator{},
		JSONDecoder: func(body []byte, target any) error {
			return problem.DecodeErrorIn(body, target, json.Unmarshal(body, target))
		},
		ErrorHandler: func(c fiber.Ctx, err error) error {
			status := 0
			if failed, ok := errors.AsType[*fiber.Error](err); ok {
				status = failed.Code
			}
			respond.WriteStatus(newWriter(c), request(c), status, err)
			return nil
		},
	})
	app.Use(func(c fiber.Ctx) error {
		c.SetContext(errlingo.NewContext(c.Context(), respond.Localizer(request(c))))
		return problem.Recover(c.Next)
	})
	app.Get("/language", language)
	app.Post("/orders", order)
	return app
}

// request returns what the responder reads of a request. Fiber does not use net/http.
func request(c fiber.Ctx) *http.Request {
	r := &http.Request{
		Method: c.Method(),
		URL:    &url.URL{Path: c.Path(), RawQuery: string(c.Request().URI().QueryString())},
		Header: c.GetReqHeaders(),
	}
	return r.WithContext(c.Context())
}

// writer is fiber's response as an http.ResponseWriter.
type writer struct {
	fiber.Ctx
	header http.Header
}

func newWriter(c fiber.Ctx) writer {
	w := writer{c, http.Header{}}
	for name, value := range c.Response().Header.All() {
		w.header.Add(string(name), string(value))
	}
	return w
}

func (w writer) Header() http.Header { return w.header }

func (w writer) WriteHeader(status int) {
	w.Response().Reset()
	w.Status(status)
	for name, values := range w.header {
		for _, value := range values {
			w.Response().Header.Add(name, value)
		}
	}
}

func order(c fiber.Ctx) error {
	var o orders.Order
	if err := c.Bind().JSON(&o); err != nil {
		return err
	}
	if err := orders.Place(c.Context(), o); err != nil {
		return err
	}
	return c.SendStatus(http.StatusNoContent)
}

func language(c fiber.Ctx) error {
	return c.SendString(errlingo.FromContext(c.Context()).Locale().String())
}
