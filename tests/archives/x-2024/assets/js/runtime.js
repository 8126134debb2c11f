window.viewer = function () {}
