# evenkeel_module(NAME DEPENDS a b LIBRARIES x y)
#
# Makes the static library evenkeel_NAME from every .cpp in the folder and, from
# every *_test.cpp, the test program NAME_test; each *_fuzz.cpp becomes a fuzzer of its
# own when EVENKEEL_FUZZ is on. DEPENDS names Evenkeel modules:
# the link graph is the arrow rule, so an include of a module that is not named
# here finds no symbols and fails. LIBRARIES are outside libraries and stay
# private to the module.
set(EVENKEEL_MODULE_ORDER base numerics measures course evidence care treatments practice guidance
    service record simulate exchange knowledge store fhir web app)

# evenkeel_tell_source_dir(TARGET)
#
# Tells those sources of a test that ask for EVENKEEL_SOURCE_DIR where the checkout lies. Only
# those: the path in every command line would make the compiler's cache miss in another checkout.
# A source that begins to ask needs a new configuration.
function(evenkeel_tell_source_dir target)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_filename_component(path ${source} ABSOLUTE)
    file(STRINGS ${path} asks REGEX EVENKEEL_SOURCE_DIR LIMIT_COUNT 1)
    if(asks)
      set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS
                   EVENKEEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    endif()
  endforeach()
endfunction()

function(evenkeel_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;TEST_LIBRARIES" ${ARGN})
  list(FIND EVENKEEL_MODULE_ORDER ${name} own)
  foreach(dependency IN LISTS arg_DEPENDS)
    list(FIND EVENKEEL_MODULE_ORDER ${dependency} other)
    if(other LESS 0 OR NOT other LESS own)
      message(FATAL_ERROR "${name} may not use ${dependency}: a module uses only those before it")
    endif()
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS *.cpp detail/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  file(GLOB fuzzers CONFIGURE_DEPENDS *_fuzz.cpp)
  list(REMOVE_ITEM sources ${tests} ${fuzzers} "")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")  # a program of its own
  list(TRANSFORM arg_DEPENDS PREPEND evenkeel_ OUTPUT_VARIABLE libraries)

  if(sources)
    add_library(evenkeel_${name} STATIC ${sources})
    target_include_directories(evenkeel_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
    target_link_libraries(evenkeel_${name} PUBLIC ${libraries} fmt::fmt PRIVATE ${arg_LIBRARIES})
  else()
    add_library(evenkeel_${name} INTERFACE)
    target_include_directories(evenkeel_${name} INTERFACE
                               $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
    target_link_libraries(evenkeel_${name} INTERFACE ${libraries} fmt::fmt)
  endif()

  if(EVENKEEL_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE evenkeel_${name} ${arg_LIBRARIES}
                          ${arg_TEST_LIBRARIES} GTest::gtest GTest::gtest_main)
    evenkeel_tell_source_dir(${name}_test)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES LABELS fast)
  endif()

  if(EVENKEEL_FUZZ)
    foreach(fuzzer IN LISTS fuzzers)
      get_filename_component(program ${fuzzer} NAME_WE)
      add_executable(${program} ${fuzzer})
      add_dependencies(fuzzers ${program})
      target_link_libraries(${program} PRIVATE evenkeel_${name} ${arg_LIBRARIES})
      target_link_options(${program} PRIVATE -fsanitize=fuzzer)
      set_target_properties(${program} PROPERTIES
                            RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzzers)
    endforeach()
  endif()
endfunction()
