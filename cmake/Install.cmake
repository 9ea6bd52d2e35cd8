# cmake --install: the program, what it reads, its documents and a systemd unit.
if(NOT TARGET evenkeel)
  return()
endif()

install(TARGETS evenkeel RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(EXISTS ${PROJECT_SOURCE_DIR}/knowledge)
  install(DIRECTORY knowledge/ DESTINATION ${CMAKE_INSTALL_DATADIR}/evenkeel/knowledge)
endif()
install(FILES README.md SAFETY.md SECURITY.md CHANGELOG.md LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/guide docs/notices DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/data-map.md docs/accessibility.md docs/third-party.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})

foreach(unit IN ITEMS evenkeel evenkeel-backup)
  configure_file(packaging/systemd/${unit}.service.in ${unit}.service @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${unit}.service DESTINATION lib/systemd/system)
endforeach()
install(FILES packaging/systemd/evenkeel-backup.timer DESTINATION lib/systemd/system)
install(FILES packaging/systemd/evenkeel.sysusers.conf DESTINATION lib/sysusers.d
        RENAME evenkeel.conf)
install(FILES packaging/systemd/evenkeel.tmpfiles.conf DESTINATION lib/tmpfiles.d
        RENAME evenkeel.conf)
# An operator's settings are never overwritten by an upgrade.
install(CODE "
  set(settings \"\$ENV{DESTDIR}${CMAKE_INSTALL_FULL_SYSCONFDIR}/evenkeel/evenkeel.env\")
  if(NOT EXISTS \"\${settings}\")
    file(INSTALL \"${PROJECT_SOURCE_DIR}/packaging/systemd/evenkeel.env\"
         DESTINATION \"${CMAKE_INSTALL_FULL_SYSCONFDIR}/evenkeel\")
  endif()
")
