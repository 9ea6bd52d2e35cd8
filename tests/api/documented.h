#pragma once
// What the API document says of an answer, against the answer.

#include "web/application.h"

namespace evenkeel::api {

// Fails the test unless status, content type and body of `answer` are what the document
// declares for the route that gave it. Addresses without a route are left alone.
void expect_documented(web::Application&, const web::Request&, const web::Response& answer);

// Does a schema of the document take this JSON text?
bool schema_takes(web::Application&, const std::string& pointer, const std::string& text);

}  // namespace evenkeel::api
