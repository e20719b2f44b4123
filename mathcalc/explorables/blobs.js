// Modules from their texts, by way of blobs: from file:// no module is loaded, but from a blob.
// Called as blobs(MODULES): texts by file name. The answer gives the address of a file.

function blobs(modules) {
  const urls = new Map();

  // A blob has no folder, so "./kit.mjs" means nothing inside it: each import becomes a blob too.
  return function url(file) {
    if (!urls.has(file)) {
      const text = modules[file].replace(/(from\s+)"\.\/([\w-]+\.mjs)"/g, (_, word, name) => `${word}"${url(name)}"`);
      urls.set(file, URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    }
    return urls.get(file);
  };
}
