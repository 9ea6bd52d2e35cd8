// The plain page that "Hide quickly" leaves behind. One new step in the history cuts off every step
// of the app that lay ahead of it.
history.pushState(null, '', location.href);
