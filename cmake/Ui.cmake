# The target `ui` builds the screens into ui/dist, when a source of them changed.
#
# Off by default, so that work on the C++ needs no Node.js; the preset release turns it on.
option(EVENKEEL_UI "Build the screens into ui/dist" OFF)
if(NOT EVENKEEL_UI)
  return()
endif()

find_program(NPM npm REQUIRED)
set(ui ${PROJECT_SOURCE_DIR}/ui)
file(GLOB_RECURSE ui_sources CONFIGURE_DEPENDS ${ui}/src/* ${ui}/public/* ${ui}/build/*)
list(FILTER ui_sources EXCLUDE REGEX "\\.test\\.ts$|/examples\\.ts$|/criteria\\.md$")
list(APPEND ui_sources ${ui}/index.html ${ui}/package.json ${ui}/package-lock.json
     ${ui}/vite.config.ts ${ui}/svelte.config.js ${ui}/tsconfig.json)
add_custom_command(
  OUTPUT ${ui}/dist/index.html
  COMMAND ${PROJECT_SOURCE_DIR}/packaging/npm_ci ${ui}
  COMMAND ${CMAKE_COMMAND} -E chdir ${ui} ${NPM} run build --silent
  DEPENDS ${ui_sources} ${PROJECT_SOURCE_DIR}/packaging/npm_ci
  COMMENT "Building the screens"
  USES_TERMINAL
  VERBATIM)
add_custom_target(ui ALL DEPENDS ${ui}/dist/index.html)
