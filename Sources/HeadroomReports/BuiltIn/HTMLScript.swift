/// Makes the headings of sortable tables into buttons. Without it the tables stand in the plan's own order.
let htmlScript = """
    document.querySelectorAll('table.sortable').forEach(function (table) {
      var headings = Array.from(table.tHead.rows[0].cells);
      function key(row, place) {
        var cell = row.cells[place];
        return cell.hasAttribute('data-value') ? Number(cell.getAttribute('data-value')) : cell.textContent;
      }
      function compare(a, b) {
        if (typeof a === typeof b) return typeof a === 'number' ? a - b : a.localeCompare(b);
        return typeof a === 'number' ? 1 : -1;
      }
      function sort(place) {
        var heading = headings[place];
        var isNumber = heading.className === 'n';
        var isDown = (heading.getAttribute('aria-sort') || (isNumber ? 'ascending' : 'descending')) === 'ascending';
        headings.forEach(function (other) { other.removeAttribute('aria-sort'); });
        heading.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
        Array.from(table.tBodies).forEach(function (body) {
          Array.from(body.rows).filter(function (row) { return row.className !== 'group'; })
            .map(function (row) { return { key: key(row, place), row: row }; })
            .sort(function (a, b) { return (isDown ? -1 : 1) * compare(a.key, b.key); })
            .forEach(function (entry) { body.appendChild(entry.row); });
        });
      }
      headings.forEach(function (heading, place) {
        var button = document.createElement('button');
        button.type = 'button';
        button.textContent = heading.firstChild.textContent.trim();
        heading.replaceChild(button, heading.firstChild);
        button.addEventListener('click', function () { sort(place); });
      });
    });

    """
