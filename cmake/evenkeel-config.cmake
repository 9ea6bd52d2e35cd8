# find_package(evenkeel) gives the target evenkeel::core; cmake/Library.cmake installs it.
include(CMakeFindDependencyMacro)
find_dependency(fmt)
include(${CMAKE_CURRENT_LIST_DIR}/evenkeel-targets.cmake)
