# libevenkeel: the methods of the core for other programs, as find_package(evenkeel) finds them
# after cmake --install. One archive, the public headers of the modules, a CMake package.
#
# Off by default, so that a build for work on the program archives nothing twice; the preset
# release turns it on.
option(EVENKEEL_LIBRARY "Install the methods of the core as a library" OFF)
if(NOT EVENKEEL_LIBRARY)
  return()
endif()
include(CMakePackageConfigHelpers)

set(library_modules numerics measures course evidence)
# Of base what the public headers name; the rest would ask every user for the zone library.
set(objects "$<FILTER:$<TARGET_OBJECTS:evenkeel_base>,INCLUDE,/(random|result)\\.cpp>")
foreach(module IN LISTS library_modules)
  list(APPEND objects $<TARGET_OBJECTS:evenkeel_${module}>)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${module}/*.h)
  install(FILES ${headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/evenkeel/${module}
          COMPONENT development)
endforeach()
install(FILES src/base/random.h src/base/result.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/evenkeel/base COMPONENT development)

add_library(evenkeel_core STATIC ${objects})
set_target_properties(evenkeel_core PROPERTIES OUTPUT_NAME evenkeel EXPORT_NAME core
                                               LINKER_LANGUAGE CXX)
target_compile_features(evenkeel_core INTERFACE cxx_std_20)
target_link_libraries(evenkeel_core INTERFACE fmt::fmt)
# The second folder is for the headers among themselves: they name each other by module.
target_include_directories(evenkeel_core INTERFACE
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/evenkeel>)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/evenkeel)
install(TARGETS evenkeel_core EXPORT evenkeel ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT development)
install(EXPORT evenkeel NAMESPACE evenkeel:: FILE evenkeel-targets.cmake DESTINATION ${package}
        COMPONENT development)
# Before 1.0 a new minor version may change a signature, a patch may not.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/evenkeel-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES cmake/evenkeel-config.cmake ${PROJECT_BINARY_DIR}/evenkeel-config-version.cmake
        DESTINATION ${package} COMPONENT development)
