# evenkeel_embed(TARGET FOLDER FUNCTION)
#
# Adds the files of FOLDER to TARGET as the table that
# `std::span<const evenkeel::web::Asset> evenkeel::web::FUNCTION()` returns. The table
# is made when building, not when configuring, so that a folder which appears or
# changes later is taken in by the next build. A missing folder gives an empty table:
# the program builds without the pages.
enable_language(ASM)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_program(BROTLI brotli)

function(evenkeel_embed target folder function)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${function})
  if(TARGET ui AND folder STREQUAL ${PROJECT_SOURCE_DIR}/ui/dist)
    # index.html names every other file by its hash, so it changes with each of them.
    set(files ui ${folder}/index.html)
  else()
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
  endif()
  set(brotli)
  if(BROTLI)
    set(brotli --brotli ${BROTLI})
  endif()
  add_custom_command(
    OUTPUT ${out}.cpp ${out}.S
    COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/cmake/embed.py --folder ${folder}
            --out ${out} --function ${function} ${brotli}
    DEPENDS ${PROJECT_SOURCE_DIR}/cmake/embed.py ${files}
    COMMENT "Embedding ${folder}"
    VERBATIM)
  target_sources(${target} PRIVATE ${out}.cpp ${out}.S)
endfunction()
